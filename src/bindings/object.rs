//! Results on their way out, as plain objects.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use wasm_bindgen::JsValue;

use crate::protocol::error::Error;

/// A plain object: names and values, absent ones left out.
///
/// A map and not a derived struct, because the latter keeps a table of field names that a download pays for.
pub(super) struct Object<'a>(pub(super) &'a [(&'static str, Value<'a>)]);

/// What a field can hold.
pub(super) enum Value<'a> {
    Absent,
    Text(&'a str),
    List(&'a [String]),
    Object(&'a Object<'a>),
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0 {
            if !matches!(value, Value::Absent) {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => list.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl Object<'_> {
    /// As a value for JavaScript. Serialising text, lists and objects cannot fail; if it did, `undefined` is the honest
    /// answer.
    pub(super) fn to_js(&self) -> JsValue {
        let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
        self.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
    }
}

/// An error as what the glue turns into a `SignInError`.
#[inline(never)]
pub(super) fn failure(error: &Error) -> JsValue {
    Object(&[
        ("code", Value::Text(error.code.as_str())),
        ("reason", Value::Text(&error.reason)),
        ("description", Value::Text(&error.description)),
    ])
    .to_js()
}
