//! Results on their way out: flat objects of text.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use wasm_bindgen::JsValue;

use crate::protocol::error::Error;

/// A plain object: each name with the text of the same place. Empty text means absent, and is left out.
///
/// A map and not a derived struct, because the latter keeps a table of field names that a download pays for.
struct Object<'a>(&'a [&'static str], &'a [&'a str]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, text) in self.0.iter().zip(self.1) {
            if !text.is_empty() {
                map.serialize_entry(name, text)?;
            }
        }
        map.end()
    }
}

/// As a value for JavaScript. Serialising text cannot fail; if it did, `undefined` is the honest answer.
#[inline(never)]
pub(super) fn object(names: &[&'static str], texts: &[&str]) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    Object(names, texts).serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// An error as what the glue turns into a `SignInError`.
#[inline(never)]
pub(super) fn failure(error: &Error) -> JsValue {
    object(&["code", "reason", "description"], &[error.code.as_str(), error.reason(), error.description()])
}
