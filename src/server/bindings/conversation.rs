//! [`Conversation`](server::Conversation) for JavaScript.

use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::data::{self, Next, answer_data};
use super::{WebCrypto, out, outside, seconds};
use crate::server::carried::SessionData;
use crate::server::{self, Kept, Outcome, ServerConfig, SessionId, Step, Turn, Used};

/// Begin with [`begin`](Self::begin); while there is a `request`, send it and go on with [`heard`](Self::heard), or with
/// [`failed`](Self::failed) when something else went wrong. An `answer` is the end.
#[wasm_bindgen]
pub struct Conversation(server::Conversation<ServerConfig, WebCrypto>);

#[wasm_bindgen]
impl Conversation {
    /// `carries` says that the cookie holds the session, because there is no store.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, cookies: String, carries: bool) -> Result<Self, JsError> {
        let conversation = server::Conversation::new(data::config(options)?, cookies, WebCrypto);
        Ok(Self(if carries { conversation.carrying() } else { conversation }))
    }

    /// `kind` is that of [`receive`](super::receive), `text` the body or, for a navigation, the query. A `used` is the
    /// name of a transaction, to be refused as `used` when it was seen before; a `kind` says that it is no sign-in of ours.
    pub fn begin(&mut self, kind: &str, text: &str, own_page: bool, now: f64) -> Result<JsValue, JsError> {
        let before = None;
        let step = match kind {
            "start" => Step::Start { own_page, before },
            "oauth1Start" => Step::OAuth1Start { own_page, before },
            "exchange" => Step::Exchange { before },
            "oauth1Exchange" => Step::OAuth1Exchange { before },
            _ => Step::Callback { before },
        };
        let now = seconds(now);
        said(self.0.begin(&step, text, now), now)
    }

    /// X's answer.
    pub fn heard(&mut self, response: JsValue, now: f64) -> Result<JsValue, JsError> {
        let (response, now) = (data::response(response)?, seconds(now));
        said(self.0.heard(&response, now), now)
    }

    /// X did not answer, or the host's store failed.
    pub fn failed(&mut self, what: &str) -> Result<JsValue, JsError> {
        over(self.0.failed(&outside(what)), 0)
    }

    /// This client had X asked too often.
    #[wasm_bindgen(js_name = tooOften)]
    pub fn too_often(&mut self, wait: u32) -> Result<JsValue, JsError> {
        over(self.0.too_often(wait), 0)
    }
}

fn said(turn: Turn, now: u64) -> Result<JsValue, JsError> {
    let (request, used) = match turn {
        Turn::Send { request, used } => (request, used),
        Turn::Done(outcome) => return over(outcome, now),
    };
    let (used, used_until) = used.map(|Used { name, ends_at }| (name, ends_at)).unzip();
    out(&Next { request: Some(data::request(&request)), used, used_until, ..Next::default() })
}

fn over(outcome: Outcome, now: u64) -> Result<JsValue, JsError> {
    let Outcome { answer, callback_page, kept, ends, dropped } = outcome;
    let session = kept.as_ref().map(|Kept { session, life_seconds, .. }| (session.clone(), *life_seconds));
    out(&Next {
        kind: callback_page.then_some("page"),
        answer: Some(answer_data(&answer)),
        id: kept.as_ref().map(|Kept { id, .. }| SessionId::expose(id)),
        life: kept.as_ref().map(|kept| kept.life_seconds),
        session: session.map(|(session, life)| SessionData::new(session, life, now)),
        ends: ends.iter().map(Into::into).collect(),
        dropped: dropped.as_ref().map(data::tokens_data),
        ..Next::default()
    })
}
