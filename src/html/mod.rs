//! A document becomes one self-contained HTML file.
