//! `sessionStorage`: one tab, one origin. It may be missing, throw, or be full; all of that is [`Refused`].

use crate::protocol::ports::{KeyValue, Refused};

/// This tab's storage, if the browser gives it.
pub(crate) struct SessionStorage(Option<web_sys::Storage>);

impl SessionStorage {
    pub(crate) fn open() -> Self {
        Self(web_sys::window().and_then(|window| window.session_storage().ok().flatten()))
    }
}

impl KeyValue for SessionStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.0.as_ref()?.get_item(key).ok().flatten()
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Refused> {
        self.0.as_ref().ok_or(Refused)?.set_item(key, value).map_err(|_| Refused)
    }

    fn remove(&mut self, key: &str) {
        if let Some(storage) = &self.0 {
            // A store that cannot remove could not have written.
            let _ = storage.remove_item(key);
        }
    }

    fn keys(&self) -> Vec<String> {
        let Some(storage) = &self.0 else { return Vec::new() };
        (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten()).collect()
    }
}
