//! OAuth 1.0a: signatures, and the steps from a request token to a person.

mod answers;
mod requests;
mod vectors;

use sign_in_with_x::protocol::form::Form;
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::oauth1::{AccessToken, Clock, Stamp, TokenPair};
use sign_in_with_x::server::{HttpRequest, OAuth1Options, ServerConfig, ServerOptions};

use super::{Counter, NOW, options};

/// The consumer of docs.x.com's walk-through.
fn with_oauth1(change: impl Fn(&mut OAuth1Options)) -> ServerConfig {
    let mut oauth1 = OAuth1Options {
        consumer_key: "cChZNFj6T5R0TigYB9yd1w".into(),
        consumer_secret: Secret::new("canary-consumer-secret".into()),
        ..OAuth1Options::default()
    };
    change(&mut oauth1);
    ServerConfig::new(&ServerOptions { oauth1, ..options() }).unwrap()
}

fn stamp() -> Stamp {
    Stamp::new(Clock::new(NOW), &mut Counter(0)).unwrap()
}

fn pair(token: &str) -> TokenPair {
    TokenPair { token: Secret::new(token.into()), secret: Secret::new("canary-token-secret".into()) }
}

fn access(user_id: Option<&str>) -> AccessToken {
    AccessToken { pair: pair("access"), user_id: user_id.map(Into::into), screen_name: None }
}

/// The parameters of the header, decoded.
fn header(request: &HttpRequest) -> Form {
    let listed = request.header("authorization").unwrap().strip_prefix("OAuth ").unwrap();
    let form: Vec<String> = listed.split(", ").map(|pair| pair.replacen("=\"", "=", 1).replace('"', "")).collect();
    Form::parse(&form.join("&")).unwrap()
}

fn fields(request: &HttpRequest) -> Vec<(String, String)> {
    Form::parse(request.body.as_ref().map_or("", Secret::expose)).unwrap().pairs().to_vec()
}
