//! `sessionStorage`: one tab, one origin. It may be missing, throw, or be full; all of that is [`Refused`].

use super::page::{get_item, nth_key, remove_item, set_item};
use crate::protocol::ports::{KeyValue, Refused};

/// This tab's storage.
pub(crate) struct SessionStorage;

impl KeyValue for SessionStorage {
    fn get(&self, key: &str) -> Option<String> {
        get_item(key)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Refused> {
        set_item(key, value).then_some(()).ok_or(Refused)
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
