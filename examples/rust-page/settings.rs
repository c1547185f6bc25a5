//! What the page is at X, from the environment of its build.

use sign_in_with_x::protocol::config::Options;

/// `X_CLIENT_ID`, `X_REDIRECT_URI`; and `X_AUTHORIZE`, a simulator's `/i/oauth2/authorize`, where it is not X itself.
pub fn options() -> Options<'static> {
    Options {
        client_id: option_env!("X_CLIENT_ID").unwrap_or_default(),
        redirect_uri: option_env!("X_REDIRECT_URI").unwrap_or("http://127.0.0.1:3000/auth/x/callback"),
        authorize: option_env!("X_AUTHORIZE").unwrap_or_default(),
        ..Options::default()
    }
}
