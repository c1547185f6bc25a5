//! A sign-in by redirect from a page that is written in Rust: the ports of the crate over web-sys, and what a component
//! calls. The callback page is the package's (`sign-in-with-x/callback`), which exchanges the code and leaves a note.
#![cfg(target_arch = "wasm32")]

use sign_in_with_x::button::html::html;
use sign_in_with_x::button::options::ButtonOptions;
use sign_in_with_x::button::style::STYLE;
use sign_in_with_x::button::view::View;
use sign_in_with_x::flow::attempt::{self, Request};
use sign_in_with_x::flow::choose::{Frame, Surroundings, choose};
use sign_in_with_x::protocol::config::{Config, FlowChoice, Options};
use sign_in_with_x::protocol::error::{Error, ErrorCode};
use sign_in_with_x::protocol::moment::Moment;
use sign_in_with_x::protocol::outcome::{Finished, Note, take_note};
use sign_in_with_x::protocol::ports::{Entropy, KeyValue, Refused};
use sign_in_with_x::protocol::transaction::{key, make_room};
use web_sys::{Element, ShadowRootInit, ShadowRootMode, Storage, Window, window};

/// The browser's secure randomness.
struct WebCrypto(Window);

impl Entropy for WebCrypto {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
        let crypto = self.0.crypto().map_err(|_| Refused)?;
        crypto.get_random_values_with_u8_array(buffer).map(|_| ()).map_err(|_| Refused)
    }
}

/// `sessionStorage`: this tab's, where the callback page looks.
struct Tab(Storage);

impl KeyValue for Tab {
    fn get(&self, key: &str) -> Option<String> {
        self.0.get_item(key).ok()?
    }

    fn remove(&mut self, key: &str) {
        let _ = self.0.remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        (0..self.0.length().unwrap_or(0)).filter_map(|at| self.0.key(at).ok()?).collect()
    }
}

/// Leaves for X. On success the page is about to go, and the sign-in ends where [`ended`] is asked.
///
/// # Errors
/// `invalid_config`, `embedded_unsupported`, `entropy_unavailable`; `storage_unavailable` where the tab forgets.
pub fn begin(options: &Options<'_>) -> Result<(), Error> {
    let config = Config::new(options)?;
    let window = window().ok_or(Error::new(ErrorCode::Internal))?;
    let location = window.location();
    if location.origin().as_deref() != Ok(config.redirect_uri.origin()) {
        return Err(Error::because(ErrorCode::InvalidConfig, "redirect_uri_origin"));
    }
    // X refuses to be framed, whosever the frame is.
    let framed = window.top().ok().flatten().is_none_or(|top| top != window);
    let frame = if framed { Frame::Foreign } else { Frame::Top };
    let flow = choose(FlowChoice::Redirect, Surroundings { frame, ..Surroundings::default() })?.flow;
    let return_to = [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default).concat();
    let request = Request { return_to: &return_to, ..Request::default() };
    let now = now(&window);
    let attempt = attempt::begin(&config, &request, flow, &mut WebCrypto(window.clone()), now)?;
    let forgets = || Error::new(ErrorCode::StorageUnavailable);
    let mut tab = tab(&window).ok_or_else(forgets)?;
    tab.0.set_item(&key(&attempt.state), &attempt.record).map_err(|_| forgets())?;
    make_room(&mut tab, &attempt.state, now);
    location.assign(&attempt.url).map_err(|_| Error::new(ErrorCode::Internal))
}

/// How the sign-in ended that has led to this page: once, at its start. `None` where none has.
pub fn ended(options: &Options<'_>) -> Option<Result<Finished, Error>> {
    let config = Config::new(options).ok()?;
    let window = window()?;
    match take_note(&mut tab(&window)?, &config, now(&window).date)? {
        Note::Exchanged(result) => Some(result),
        // "Try again" of the callback page.
        Note::Restart => begin(options).err().map(Err),
        // Only with `handoff`, and then `flow::callback` checks it.
        Note::Response(_) => None,
    }
}

/// Draws the button into an empty element, in a shadow tree as `<sign-in-with-x>` does; its clicks reach the element.
pub fn draw(host: &Element) {
    if let Ok(root) = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)) {
        root.set_inner_html(&format!("<style>{STYLE}</style>{}", html(&View::new(ButtonOptions::default()))));
    }
}

fn tab(window: &Window) -> Option<Tab> {
    window.session_storage().ok().flatten().map(Tab)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole milliseconds")]
fn now(window: &Window) -> Moment {
    let steady = window.performance().map_or(0.0, |clock| clock.time_origin() + clock.now());
    Moment { date: web_sys::js_sys::Date::now() as u64, steady: steady as u64 }
}
