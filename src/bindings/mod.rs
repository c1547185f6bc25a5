//! Every export of the browser engine: functions and data, no classes, nothing to free.
//!
//! What comes in is text in the form encoding (`clientId=…&redirectUri=…`): options pass through the same strict parser
//! as callbacks do, and the download is spared one glue function per option. What goes out are plain objects.

mod button;
mod object;
mod options;
mod pkce;
mod sign_in;

pub use button::render_button;
pub use pkce::create_pkce_pair;
pub use sign_in::{awaited, begin, forget, handle_callback, popup_event, read_exchange_answer, resume};
