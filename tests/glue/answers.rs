//! The page's engine, compiled for this machine and not for WebAssembly: reads questions, a line each, and writes a line with
//! the hash of each answer. The browser around it is the one of `engines.mjs`, to the bit.
#![allow(unreachable_pub, reason = "the engine's files are those of the library")]

use std::io::{Read as _, Write as _};

use sign_in_with_x::{button, flow, protocol};

#[path = "../../src/bindings/mod.rs"]
mod bindings;
#[path = "../../src/browser/entropy.rs"]
mod entropy;
#[path = "../../src/browser/storage.rs"]
mod storage;

/// Where the engine looks for them.
mod browser {
    pub(crate) use super::{clock, entropy, page, storage};
}

mod clock {
    use super::page::{number, time_origin};
    use crate::protocol::moment::Moment;

    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    pub(crate) fn monotonic() -> f64 {
        number() as f64 * 400.5
    }

    pub(crate) fn now() -> Moment {
        let date = 1_800_000_000_000 + number() * 400 + number() / 1000 % 3 * 86_400_000;
        Moment { date, steady: whole(time_origin() + monotonic()) }
    }

    pub(crate) fn since(moment: f64) -> u64 {
        whole(monotonic() - moment)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as in src/browser/clock.rs")]
    fn whole(milliseconds: f64) -> u64 {
        milliseconds as u64
    }
}

/// What the engine asks of the page: always the same for a question of the same number.
mod page {
    use std::cell::{Cell, RefCell};

    thread_local! {
        static NUMBER: Cell<u64> = const { Cell::new(0) };
        static ITEMS: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
    }

    pub(crate) fn number() -> u64 {
        NUMBER.get()
    }

    pub(crate) fn begin(number: u64) {
        NUMBER.set(number);
    }

    pub(crate) fn time_origin() -> f64 {
        1_799_999_000_000.25
    }

    pub(crate) fn get_item(key: &str) -> Option<String> {
        let found =
            || ITEMS.with_borrow(|items| items.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone()));
        (number() % 107 != 13).then(found).flatten()
    }

    /// Stores, whoever wants it; that says nothing.
    pub(crate) fn put(key: &str, value: &str) -> String {
        ITEMS.with_borrow_mut(|items| match items.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => value.clone_into(old),
            None => items.push((key.to_owned(), value.to_owned())),
        });
        String::new()
    }

    pub(crate) fn remove_item(key: &str) {
        ITEMS.with_borrow_mut(|items| items.retain(|(name, _)| name != key));
    }

    pub(crate) fn nth_key(index: u32) -> Option<String> {
        ITEMS.with_borrow(|items| items.get(index as usize).map(|(name, _)| name.clone()))
    }

    #[allow(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
    pub(crate) fn fill_random(bytes: &mut [u8]) -> bool {
        if number() % 101 == 7 {
            return false;
        }
        let mut bits = (number() as u32).wrapping_mul(2_654_435_761) ^ 0x9e37_79b9 | 1;
        for byte in bytes {
            bits ^= bits << 13;
            bits ^= bits >> 17;
            bits ^= bits << 5;
            *byte = bits as u8;
        }
        true
    }
}

/// FNV-1a, of 32 bits.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn main() -> std::io::Result<()> {
    let mut questions = String::new();
    std::io::stdin().read_to_string(&mut questions)?;
    let mut out = String::new();
    for (number, line) in (0..).zip(questions.lines()) {
        browser::page::begin(number);
        let question = line.replace("\\n", "\n").replace("\\r", "\r").replace("\\b", "\\");
        let put = question.strip_prefix('!').and_then(|entry| entry.split_once(' ')).filter(|(key, _)| !key.is_empty());
        let answer = match put {
            Some((key, value)) => browser::page::put(key, value),
            None => bindings::ask(&question),
        };
        out.push_str(&format!("{:08x}\n", hash(&answer)));
    }
    std::io::stdout().write_all(out.as_bytes())
}
