//! `sessionStorage`: one tab, one origin. It may be missing, or throw: then it is empty. The glue writes there.

use super::page::{get_item, nth_key, remove_item};
use crate::protocol::ports::KeyValue;

/// This tab's storage.
pub(crate) struct SessionStorage;

impl KeyValue for SessionStorage {
    fn get(&self, key: &str) -> Option<String> {
        get_item(key)
    }

    fn remove(&mut self, key: &str) {
        // A store that cannot remove could not have written.
        remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        while let Some(key) = u32::try_from(keys.len()).ok().and_then(nth_key) {
            keys.push(key);
        }
        keys
    }
}
