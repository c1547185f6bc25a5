//! What a host may configure, and what nothing in a request can change.

use serde_json::json;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::{ConfigError, ServerConfig, ServerOptions, exchange, user};

use super::{CALLBACK, body_with, config, granted, options};

#[test]
fn g15_options_that_cannot_be_right() {
    let refused = |change: &dyn Fn(&mut ServerOptions)| {
        let mut options = options();
        change(&mut options);
        let ConfigError { option, .. } = ServerConfig::new(&options).unwrap_err();
        option
    };
    for client_id in ["", "undefined", "null", "two words", "line\n"] {
        assert_eq!(refused(&|o| o.client_id = client_id.into()), "clientId", "{client_id}");
    }
    for client_secret in ["undefined", "null", "secret\n"] {
        assert_eq!(
            refused(&|o| o.client_secret = Secret::new(client_secret.into())),
            "clientSecret",
            "{client_secret}"
        );
    }
    assert_eq!(refused(&|o| o.redirect_uris = vec![]), "redirectUris");
    for uri in ["", "/auth/x/callback", "http://app.example/cb", "https://app.example/#x", "javascript:alert(1)"] {
        assert_eq!(refused(&|o| o.redirect_uris = vec![CALLBACK.into(), uri.into()]), "redirectUris", "{uri}");
    }
    for origin in [
        "",
        "app.example",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example:443",
        "https://App.example",
        "http://app.example",
        "null",
        "*",
    ] {
        assert_eq!(refused(&|o| o.origin = origin.into()), "origin", "{origin}");
    }
    for base_path in ["auth", "/auth/", "/", "/a//b", "/a b", "/a?b", "/%61"] {
        assert_eq!(refused(&|o| o.base_path = base_path.into()), "basePath", "{base_path}");
    }
    for endpoint in ["http://api.x.com/2/oauth2/token", "//api.x.com", "ftp://api.x.com", "https://api.x.com/#"] {
        assert_eq!(refused(&|o| o.token_endpoint = endpoint.into()), "endpoints.token", "{endpoint}");
        assert_eq!(refused(&|o| o.user_endpoint = endpoint.into()), "endpoints.user", "{endpoint}");
    }
}

#[test]
fn g5_requests_go_to_x_unless_the_configuration_says_otherwise() {
    let request = exchange::request(&config(), &body_with(|_| {})).unwrap();
    assert_eq!(request.url, "https://api.x.com/2/oauth2/token");
    assert!(user::request(&config(), &granted("")).url.starts_with("https://api.x.com/2/users/me?user.fields="));

    let simulated = ServerConfig::new(&ServerOptions {
        token_endpoint: "http://127.0.0.1:4000/2/oauth2/token".into(),
        ..options()
    });
    let body = body_with(|body| body["endpoints"] = json!({ "token": "https://evil.example/" }));
    assert_eq!(exchange::request(&simulated.unwrap(), &body).unwrap().url, "http://127.0.0.1:4000/2/oauth2/token");
}
