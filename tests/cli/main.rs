//! The command line as a person meets it.

mod brochure;
mod check;
mod help;
mod kit;
mod language;
mod listing;
mod messages;
mod output;
mod pieces;
mod render;
mod sign;
mod site;
