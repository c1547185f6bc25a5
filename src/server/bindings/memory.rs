//! What one process remembers between requests.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{WebCrypto, seconds};
use crate::server::{Rate, Spent};

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

    /// Counts a request that X would be asked for; the seconds to wait when there were too many.
    pub fn ask(&mut self, client: &str, now: f64) -> Option<u32> {
        self.0.ask(client, seconds(now), &mut WebCrypto).err()
    }
}
