//! Signs requests for `oauth1-parity.test.mjs`: JSON on standard input, JSON on standard output, both lists of one entry
//! per request. `header` is a whole `Authorization` header with a nonce of its own; `signature` is made over the
//! parameters that were given, `oauth` ones included.

use std::fs::File;
use std::io::{Read as _, stdin, stdout};

use serde::{Deserialize, Serialize};
use sign_in_with_x::protocol::ports::{Entropy, Refused};
use sign_in_with_x::protocol::secret::Secret;
use sign_in_with_x::server::oauth1::signature::{base_string, signature};
use sign_in_with_x::server::oauth1::{Clock, Stamp, TokenPair, signed};
use sign_in_with_x::server::{Method, OAuth1Options, ServerConfig, ServerOptions};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    form: Vec<(String, String)>,
    oauth: Vec<(String, String)>,
    consumer_key: String,
    consumer_secret: String,
    /// None before X has given one.
    token: Option<String>,
    token_secret: String,
    now: u64,
}

#[derive(Serialize)]
struct Answer {
    header: String,
    signature: String,
}

struct Os(File);

impl Entropy for Os {
    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Refused> {
        self.0.read_exact(buffer).map_err(|_| Refused)
    }
}

fn main() {
    let mut os = Os(File::open("/dev/urandom").expect("randomness"));
    let requests: Vec<Request> = serde_json::from_reader(stdin()).expect("requests");
    let answers: Vec<Answer> = requests.iter().map(|request| answer(request, &mut os)).collect();
    serde_json::to_writer(stdout(), &answers).expect("answers");
}

fn answer(request: &Request, os: &mut Os) -> Answer {
    let secret = |text: &str| Secret::new(text.into());
    let config = ServerConfig::new(&ServerOptions {
        client_id: "client".into(),
        redirect_uris: vec!["https://app.example/cb".into()],
        origin: "https://app.example".into(),
        oauth1: OAuth1Options {
            consumer_key: request.consumer_key.clone(),
            consumer_secret: secret(&request.consumer_secret),
            ..OAuth1Options::default()
        },
        ..ServerOptions::default()
    })
    .expect("options");
    let pair =
        request.token.as_deref().map(|token| TokenPair { token: secret(token), secret: secret(&request.token_secret) });
    let form: Vec<(&str, &str)> = request.form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let method = if request.method == "GET" { Method::Get } else { Method::Post };
    let stamp = Stamp::new(Clock::new(request.now), os).expect("randomness");
    let sent = signed(&config, pair.as_ref(), method, &request.url, &form, stamp).expect("a signature");
    let everything: Vec<(&str, &str)> =
        request.form.iter().chain(&request.oauth).map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let base = base_string(&request.method, &request.url, &everything).expect("an address");
    Answer {
        header: sent.header("authorization").unwrap_or_default().into(),
        signature: signature(&base, &secret(&request.consumer_secret), &secret(&request.token_secret))
            .expect("a signature"),
    }
}
