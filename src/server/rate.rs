//! How often one client may have X asked. X limits an app's requests, so one visitor could use up everybody's share.

use core::fmt;
use core::net::{IpAddr, SocketAddr};
use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::protocol::ports::{Entropy, random_bytes};

/// Requests of one client in a minute.
pub const PER_MINUTE: u32 = 30;

/// Requests in a minute of all clients of one IPv6 site, which has 65,536 of what one subscriber gets (RFC 6177 §2).
const SITE_PER_MINUTE: u32 = 300;

const WINDOW_SECONDS: u64 = 60;

/// Clients that are counted one by one.
const CLIENTS_MAX: usize = 10_000;

/// What more clients than that share: each of so many counts, by a hash that nobody can foretell. So whoever brings that
/// many addresses takes little from others.
const SHARED: usize = 4096;

/// Counts by client, for the minute that runs.
#[derive(Clone, Default)]
pub struct Rate {
    since: u64,
    counts: BTreeMap<String, u32>,
    shared: BTreeMap<u16, u32>,
    /// For the hash; drawn when it is needed first.
    key: Option<[u8; 32]>,
}

impl Rate {
    /// Counts one more request of this client: an address, or whatever else the host knows it by. A port counts for nothing;
    /// of an IPv6 address the first 64 bits count, which is what one subscriber gets, and the first 48 with a larger share.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub fn ask(&mut self, client: &str, now_seconds: u64, entropy: &mut impl Entropy) -> Result<(), u32> {
        let until = self.since.saturating_add(WINDOW_SECONDS);
        if now_seconds >= until || now_seconds < self.since {
            *self = Self { since: now_seconds, key: self.key.take(), ..Self::default() };
        }
        let wait = u32::try_from(until.saturating_sub(now_seconds)).unwrap_or(u32::MAX).max(1);
        let (client, site) = names(client);
        // A site that is full costs no memory for each of its clients; a client that is full takes nothing from its site.
        if site.as_ref().is_some_and(|site| *self.count(site, entropy) >= SITE_PER_MINUTE) {
            return Err(wait);
        }
        let count = self.count(&client, entropy);
        *count = count.saturating_add(1);
        if *count > PER_MINUTE {
            return Err(wait);
        }
        if let Some(site) = site {
            *self.count(&site, entropy) += 1;
        }
        Ok(())
    }

    fn count(&mut self, name: &str, entropy: &mut impl Entropy) -> &mut u32 {
        if self.counts.len() < CLIENTS_MAX || self.counts.contains_key(name) {
            return self.counts.entry(name.into()).or_default();
        }
        // Without randomness the hash can be foretold, and that is all.
        let key = *self.key.get_or_insert_with(|| random_bytes(entropy).unwrap_or_default());
        let digest = Sha256::new().chain_update(key).chain_update(name).finalize();
        let bucket = digest.iter().take(2).fold(0_u16, |all, byte| all << 8 | u16::from(*byte));
        self.shared.entry(bucket % SHARED as u16).or_default()
    }
}

/// Shows how many there are: an address is a person's.
impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rate({})", self.counts.len())
    }
}

/// The client's, and its site's where it has one.
fn names(client: &str) -> (String, Option<String>) {
    match address(client).map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => (address.to_string(), None),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            (format!("{a:x}:{b:x}:{c:x}:{d:x}::"), Some(format!("{a:x}:{b:x}:{c:x}::/48")))
        }
        None => (client.chars().take(100).collect(), None),
    }
}

/// As sockets and proxies write it: with a port, in brackets, with a zone.
fn address(client: &str) -> Option<IpAddr> {
    let with_port = || client.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bare = client.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(client);
    bare.split('%').next().and_then(|address| address.parse().ok()).or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::{CLIENTS_MAX, PER_MINUTE, Rate, SHARED, SITE_PER_MINUTE};
    use crate::protocol::ports::{Entropy, Refused};

    /// Other bytes each time, and the same ones in each test.
    struct Counting(u8);

    impl Entropy for Counting {
        fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
            for byte in bytes {
                self.0 = self.0.wrapping_add(1);
                *byte = self.0;
            }
            Ok(())
        }
    }

    fn ask(rate: &mut Rate, client: &str, now: u64) -> Result<(), u32> {
        rate.ask(client, now, &mut Counting(0))
    }

    fn asks(rate: &mut Rate, client: &str, times: u32, now: u64) -> u32 {
        (0..times).filter(|_| ask(rate, client, now).is_ok()).count().try_into().unwrap()
    }

    #[test]
    fn g14_each_client_has_its_share_of_a_minute() {
        let mut rate = Rate::default();
        assert_eq!(asks(&mut rate, "192.0.2.1", PER_MINUTE + 5, 1000), PER_MINUTE);
        assert_eq!(asks(&mut rate, "192.0.2.2", 1, 1000), 1);
        assert_eq!(ask(&mut rate, "192.0.2.1", 1059), Err(1));
        assert_eq!(ask(&mut rate, "192.0.2.1", 1060), Ok(()));
        assert_eq!(ask(&mut rate, "192.0.2.1", 5), Ok(()), "a clock that was set back locks nobody out");
        assert!(!format!("{rate:?}").contains("192"));
    }

    #[test]
    fn g14_one_subscriber_is_one_client() {
        let mut rate = Rate::default();
        asks(&mut rate, "2001:db8:1:2::1", PER_MINUTE, 0);
        asks(&mut rate, "192.0.2.9", PER_MINUTE, 0);
        for (client, fine) in [
            ("2001:db8:1:2:ffff::9", false),
            ("[2001:db8:1:2::7]:50123", false),
            ("[2001:db8:1:2::7]", false),
            ("2001:db8:1:2::7%eth0", false),
            ("2001:db8:1:3::1", true),
            ("::ffff:192.0.2.9", false),
            ("192.0.2.9:50123", false),
            ("192.0.2.90:50123", true),
            ("a name", true),
        ] {
            assert_eq!(ask(&mut rate, client, 0).is_ok(), fine, "{client}");
        }
    }

    #[test]
    fn g14_one_site_is_not_a_thousand_clients() {
        let mut rate = Rate::default();
        asks(&mut rate, "2001:db8:1:ffff::1", 1000, 0);
        let of_site =
            (0..1000).filter(|subnet| ask(&mut rate, &format!("2001:db8:1:{subnet:x}::1"), 0).is_ok()).count();
        assert_eq!(of_site, (SITE_PER_MINUTE - PER_MINUTE) as usize, "what was refused took nothing from it");
        assert!(rate.counts.len() < 400, "{}", rate.counts.len());
        assert!(ask(&mut rate, "2001:db8:2::1", 0).is_ok());
    }

    /// All that came after the ten thousandth used to share thirty requests.
    #[test]
    fn g14_memory_is_bounded_and_many_strangers_leave_room_for_others() {
        let mut rate = Rate::default();
        for client in 0..CLIENTS_MAX {
            ask(&mut rate, &format!("client {client}"), 0).unwrap();
        }
        for stranger in 0..2000 {
            ask(&mut rate, &format!("stranger {stranger}"), 0).unwrap();
        }
        assert_eq!(asks(&mut rate, "one that asks all the time", 1000, 0), PER_MINUTE);
        let others = (0..1000).filter(|other| ask(&mut rate, &format!("other {other}"), 0).is_ok()).count();
        assert!(others > 990, "{others}");
        assert!(ask(&mut rate, "client 1", 0).is_ok());
        assert!(rate.counts.len() <= CLIENTS_MAX && rate.shared.len() <= SHARED);

        let hashed = rate.key;
        ask(&mut rate, "client 1", 60).unwrap();
        assert!(rate.counts.len() == 1 && rate.shared.is_empty() && rate.key == hashed);
    }
}
