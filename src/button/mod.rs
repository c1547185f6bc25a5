//! What the button is: its options, words, mark, style and node tree. Pure; [`steps`] says it to the page that draws it,
//! [`html`] writes it as text, and [`declarative`] the whole element.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod declarative;
pub mod html;
pub mod label;
pub mod mark;
pub mod options;
pub mod steps;
pub mod style;
pub mod view;
