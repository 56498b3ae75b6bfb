//! MERGE: library and request become a document.
