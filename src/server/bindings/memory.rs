//! What one process remembers between requests.

use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use super::{answer, seconds};
use crate::server::{Answer, Failure, Rate, Spent, held};

/// Names that are over before their time.
#[wasm_bindgen(js_name = Spent)]
#[derive(Default)]
pub struct SpentNames(Spent);

#[wasm_bindgen(js_class = Spent)]
impl SpentNames {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it was not spent before; from now on it is.
    pub fn spend(&mut self, name: &str, ends_at: f64, now: f64) -> bool {
        self.0.spend(name, seconds(ends_at), seconds(now))
    }

    pub fn has(&self, name: &str, ends_at: f64) -> bool {
        self.0.is_spent(name, seconds(ends_at))
    }
}

/// How often each client may have X asked.
#[wasm_bindgen(js_name = Rate)]
#[derive(Default)]
pub struct ClientRate(Rate);

#[wasm_bindgen(js_class = Rate)]
impl ClientRate {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a request for the route of this `kind`; an `answer` when there were too many.
    pub fn ask(&mut self, kind: &str, client: &str, now: f64) -> Result<JsValue, JsError> {
        let asks_x = matches!(kind, "exchange" | "callback" | "oauth1Start" | "oauth1Exchange");
        let (true, Err(wait)) = (asks_x, self.0.ask(client, seconds(now))) else { return Ok(JsValue::UNDEFINED) };
        let failure = Failure::too_often(wait);
        let navigates = matches!(kind, "callback" | "oauth1Start");
        answer(&if navigates { held::failed_unknown(&failure) } else { Answer::from(&failure) })
    }
}
