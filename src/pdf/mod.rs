//! PDF: a layout becomes bytes. The only place that knows printpdf and lopdf.
