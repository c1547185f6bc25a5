//! Every export of the browser engine: functions and data, no classes, nothing to free.
//!
//! What comes in is text in the form encoding (`clientId=…&redirectUri=…`): options pass through the same strict parser
//! as callbacks do, and the download is spared one glue function per option. What goes out are plain objects.

#![allow(unreachable_pub, reason = "exports are reached from JavaScript")]

mod button;
mod object;
mod options;
mod pkce;
mod sign_in;
