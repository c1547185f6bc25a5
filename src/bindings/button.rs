//! `renderButton`, `buttonSheet`.

use super::answer::answer;
use crate::button::options::ButtonOptions;
use crate::button::steps::steps;
use crate::button::style::STYLE;
use crate::button::view::View;
use crate::protocol::form::Form;

/// How to draw the button with these attributes (`theme=outline&size=small&activity=waiting`), step by step.
pub(super) fn render_button(attributes: Form) -> String {
    steps(&View::new(ButtonOptions::read(attributes)))
}

/// The `sheet` of all buttons.
pub(super) fn button_sheet() -> String {
    answer("sheet", &[STYLE])
}
