//! A sign-in by redirect from a page that is written in Rust: the ports of the crate over web-sys, and what a component
//! calls. The callback page is the package's (`sign-in-with-x/callback`), which exchanges the code and leaves a note.
#![cfg(target_arch = "wasm32")]

use sign_in_with_x::button::html::html;
use sign_in_with_x::button::options::ButtonOptions;
use sign_in_with_x::button::style::STYLE;
use sign_in_with_x::button::view::View;
use sign_in_with_x::flow::attempt::{self, Request};
use sign_in_with_x::flow::callback::given_up;
use sign_in_with_x::flow::choose::{Frame, Surroundings, choose};
use sign_in_with_x::protocol::config::{Config, FlowChoice, Options};
use sign_in_with_x::protocol::error::{Error, ErrorCode};
use sign_in_with_x::protocol::moment::Moment;
use sign_in_with_x::protocol::outcome::{Finished, Note, take_note};
use sign_in_with_x::protocol::ports::{Entropy, KeyValue, Refused};
use sign_in_with_x::protocol::transaction::{key, make_room, remove};
use web_sys::js_sys::{Array, Date};
use web_sys::wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, Element, PerformanceNavigation, ShadowRootInit, ShadowRootMode, Storage, Window, window};

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

impl Tab {
    /// Some private modes accept a record and forget it, so it is read again.
    fn keep(&self, key: &str, record: &str) -> Result<(), Error> {
        let is_kept = self.0.set_item(key, record).is_ok() && self.get(key).as_deref() == Some(record);
        if is_kept { Ok(()) } else { Err(Error::new(ErrorCode::StorageUnavailable)) }
    }
}

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
    let config = config(options)?;
    let window = window().ok_or(Error::new(ErrorCode::Internal))?;
    let location = window.location();
    config.check_page(&location.origin().unwrap_or_default())?;
    // X refuses to be framed, whosever the frame is.
    let framed = window.top().ok().flatten().is_none_or(|top| top != window);
    let frame = if framed { Frame::Foreign } else { Frame::Top };
    let flow = choose(FlowChoice::Redirect, Surroundings { frame, ..Surroundings::default() })?.flow;
    let return_to = [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default).concat();
    let request = Request { return_to: &return_to, ..Request::default() };
    let now = now(&window);
    let attempt = attempt::begin(&config, &request, flow, &mut WebCrypto(window.clone()), now)?;
    let mut tab = tab(&window).ok_or(Error::new(ErrorCode::StorageUnavailable))?;
    tab.keep(&key(&attempt.state), &attempt.record)?;
    make_room(&mut tab, &attempt.state, now);
    location.assign(&attempt.url).map_err(|_| {
        remove(&mut tab, &attempt.state);
        Error::new(ErrorCode::Internal)
    })
}

/// How the sign-in ended that has led to this page: once, at its start. `None` where none has.
///
/// # Errors
/// Those of the callback page's note; `cancelled`, when the person has come back by Back; and those of [`begin`], when they
/// asked the callback page to begin anew.
pub fn ended(options: &Options<'_>) -> Result<Option<Finished>, Error> {
    let config = config(options)?;
    let Some((window, mut tab)) = window().and_then(|window| Some((window.clone(), tab(&window)?))) else {
        return Ok(None);
    };
    let now = now(&window);
    match take_note(&mut tab, &config, now.date) {
        Some(Note::Exchanged(result)) => result.map(Some),
        Some(Note::Restart) => begin(options).map(|()| None),
        // What only `handoff` brings.
        Some(Note::Response(_)) => Ok(None),
        None => match came_back(&window) {
            // With its verifier.
            Some(age) if given_up(&mut tab, &config, now, age) => Err(Error::new(ErrorCode::Cancelled)),
            _ => Ok(None),
        },
    }
}

/// Draws the button into an empty element, in a shadow tree as `<sign-in-with-x>` does; its clicks reach the element.
///
/// # Errors
/// What the browser threw, such as for an element that has a shadow tree already.
pub fn draw(host: &Element) -> Result<(), JsValue> {
    // No `<style>` element, so that `style-src 'self'` allows it.
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLE)?;
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
    root.set_adopted_style_sheets(&Array::of1(&sheet));
    // The crate's own words, and nobody else's.
    root.set_inner_html(&html(&View::new(ButtonOptions::default())));
    Ok(())
}

/// Who exchanges the code is the callback page: a verifier is never this page's to hand on.
fn config<'a>(options: &Options<'a>) -> Result<Config<'a>, Error> {
    if options.handoff {
        return Err(Error::because(ErrorCode::InvalidConfig, "handoff"));
    }
    Config::new(options)
}

fn tab(window: &Window) -> Option<Tab> {
    window.session_storage().ok().flatten().map(Tab)
}

/// Whether somebody came to this page by Back or Forward: then its age, in milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole milliseconds")]
fn came_back(window: &Window) -> Option<u64> {
    let clock = window.performance()?;
    (clock.navigation().type_() == PerformanceNavigation::TYPE_BACK_FORWARD).then(|| clock.now() as u64)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole milliseconds")]
fn now(window: &Window) -> Moment {
    let steady = window.performance().map_or(0.0, |clock| clock.time_origin() + clock.now());
    Moment { date: Date::now() as u64, steady: steady as u64 }
}
