//! What crosses between JavaScript and the engine: plain objects, and their counterparts in the crate.

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::from_value;
use wasm_bindgen::prelude::{JsError, JsValue};

use crate::protocol::secret::Secret;
use crate::protocol::token::Tokens;
use crate::server::carried::{SessionData, UserData};
use crate::server::guard::{Navigation, Sender};
use crate::server::{Answer, Former, HttpRequest, HttpResponse, Incoming, OAuth1Options, ServerConfig, ServerOptions};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OptionsData {
    client_id: String,
    client_secret: String,
    redirect_uris: Vec<String>,
    origin: String,
    base_path: String,
    secrets: Vec<String>,
    session_seconds: u32,
    token_mediating: bool,
    scope: String,
    authorize_endpoint: String,
    token_endpoint: String,
    revoke_endpoint: String,
    user_endpoint: String,
    oauth1: OAuth1Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OAuth1Data {
    consumer_key: String,
    consumer_secret: String,
    access: String,
    email: bool,
    always_ask: bool,
    endpoint: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct IncomingData {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: bool,
    pub(super) content_type: String,
    pub(super) requested_with: String,
    pub(super) origin: String,
    pub(super) sec_fetch_site: String,
    pub(super) referer: String,
    pub(super) sec_fetch_dest: String,
    pub(super) sec_fetch_mode: String,
    pub(super) accept: String,
    pub(super) sec_purpose: String,
    pub(super) purpose: String,
    pub(super) x_purpose: String,
    pub(super) x_moz: String,
    pub(super) next_router_prefetch: String,
    pub(super) rsc: String,
    pub(super) cookie: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResponseData {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) rate_limit_reset: String,
    pub(super) retry_after: String,
    pub(super) date: String,
    pub(super) body: String,
}

/// What the page may know of it.
#[derive(Deserialize)]
pub(super) struct SignedInData {
    pub(super) user: UserData,
    pub(super) scopes: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct AnswerData<'a> {
    pub(super) status: u16,
    pub(super) headers: &'a [(&'static str, String)],
    pub(super) body: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct RequestData<'a> {
    pub(super) method: &'static str,
    pub(super) url: &'a str,
    pub(super) headers: Vec<(&'static str, &'a str)>,
    pub(super) body: Option<&'a str>,
}

/// With `carried`, the sealed session says when it ends; otherwise `ends_at` does, or a store.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FormerData<'a> {
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) carried: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ends_at: Option<u64>,
}

/// What of a session is needed to renew it or take it back.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokensData {
    pub(super) access_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<String>,
    pub(super) scopes: Vec<String>,
}

/// What to do next. Exactly one of `answer`, `kind` and `request` is there, `session` with an `answer`.
#[derive(Serialize, Default)]
pub(super) struct Next<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<AnswerData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<RequestData<'a>>,
    /// Whether the host's own page, or the person, began it.
    #[serde(rename = "ownPage")]
    pub(super) own_page: bool,
    /// The name of a transaction that was used just now, and when it would end by itself (seconds).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) used: Option<String>,
    #[serde(rename = "usedUntil", skip_serializing_if = "Option::is_none")]
    pub(super) used_until: Option<u64>,
    /// The sessions that a sign-in puts an end to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ends: Vec<FormerData<'a>>,
    /// Tokens that X gave for a sign-in that failed all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dropped: Option<TokensData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) session: Option<SessionData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) life: Option<u32>,
    /// The sealed session of a backend without a store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) carried: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Limits {
    pub(super) request: usize,
    pub(super) response: usize,
    pub(super) timeout: u32,
}

#[derive(Serialize)]
pub(super) struct WrongOption {
    pub(super) option: &'static str,
    pub(super) hint: &'static str,
}

// The errors of from_value quote what they did not expect, which may be a secret: they are dropped.

pub(super) fn options(value: JsValue) -> Result<ServerOptions, JsError> {
    let data: OptionsData = from_value(value).map_err(|_| JsError::new("options"))?;
    let oauth1 = data.oauth1;
    Ok(ServerOptions {
        client_id: data.client_id,
        client_secret: Secret::new(data.client_secret),
        redirect_uris: data.redirect_uris,
        origin: data.origin,
        base_path: data.base_path,
        secrets: data.secrets.into_iter().map(Secret::new).collect(),
        session_seconds: data.session_seconds,
        token_mediating: data.token_mediating,
        scope: data.scope,
        authorize_endpoint: data.authorize_endpoint,
        token_endpoint: data.token_endpoint,
        revoke_endpoint: data.revoke_endpoint,
        user_endpoint: data.user_endpoint,
        oauth1: OAuth1Options {
            consumer_key: oauth1.consumer_key,
            consumer_secret: Secret::new(oauth1.consumer_secret),
            access: oauth1.access,
            email: oauth1.email,
            always_ask: oauth1.always_ask,
            endpoint: oauth1.endpoint,
        },
    })
}

pub(super) fn config(value: JsValue) -> Result<ServerConfig, JsError> {
    Ok(ServerConfig::new(&options(value)?)?)
}

pub(super) fn response(value: JsValue) -> Result<HttpResponse, JsError> {
    let data: ResponseData = from_value(value).map_err(|_| JsError::new("response"))?;
    Ok(HttpResponse {
        status: data.status,
        content_type: data.content_type,
        rate_limit_reset: data.rate_limit_reset,
        retry_after: data.retry_after,
        date: data.date,
        body: data.body,
    })
}

pub(super) fn tokens_data(tokens: &Tokens) -> TokensData {
    TokensData {
        access_token: tokens.access_token.expose().into(),
        refresh_token: tokens.refresh_token.as_ref().map(|token| token.expose().into()),
        scopes: tokens.scopes.clone(),
    }
}

impl<'a> From<&'a Former> for FormerData<'a> {
    fn from(Former { id, ends_at }: &'a Former) -> Self {
        let carried = id.carried();
        Self { id: id.expose(), carried, ends_at: Some(*ends_at).filter(|at| *at > 0 && carried.is_none()) }
    }
}

pub(super) fn request(request: &HttpRequest) -> RequestData<'_> {
    RequestData {
        method: request.method.as_str(),
        url: &request.url,
        headers: request.headers.iter().map(|(name, value)| (*name, value.expose())).collect(),
        body: request.body.as_ref().map(Secret::expose),
    }
}

impl IncomingData {
    pub(super) fn incoming(&self) -> Incoming<'_> {
        Incoming {
            query: self.query,
            method: &self.method,
            path: &self.path,
            sender: Sender {
                content_type: &self.content_type,
                requested_with: &self.requested_with,
                origin: &self.origin,
                sec_fetch_site: &self.sec_fetch_site,
                referer: &self.referer,
            },
            cookie: &self.cookie,
            navigation: Navigation {
                sec_purpose: &self.sec_purpose,
                purpose: &self.purpose,
                x_purpose: &self.x_purpose,
                x_moz: &self.x_moz,
                next_router_prefetch: &self.next_router_prefetch,
                rsc: &self.rsc,
                sec_fetch_dest: &self.sec_fetch_dest,
                sec_fetch_mode: &self.sec_fetch_mode,
                accept: &self.accept,
            },
        }
    }
}

pub(super) fn answer_data(answer: &Answer) -> AnswerData<'_> {
    AnswerData { status: answer.status, headers: &answer.headers, body: answer.body.as_deref() }
}
