//! Names whose time is over before it ends: sessions that were ended, transactions that were used. Whatever copies of
//! their sealed cookies there are would still open.

use core::fmt;
use std::collections::BTreeSet;

/// How many are remembered one by one; some 10 MB.
pub const NAMES_MAX: usize = 100_000;

/// Each name is remembered until what it names would have ended by itself. No name is forgotten before that: when there
/// are too many, the ones that would end first become a rule for all, "what ends by then is over". So memory is bounded,
/// and a copy of a cookie never comes back to life; at worst some who are signed in have to sign in again a little early.
#[derive(Clone)]
pub struct Spent {
    /// The first to end come first.
    names: BTreeSet<(u64, String)>,
    most: usize,
    /// Whatever ends by then is over.
    over_until: u64,
}

impl Default for Spent {
    fn default() -> Self {
        Self::with_room_for(NAMES_MAX)
    }
}

impl Spent {
    /// An empty list that remembers so many one by one.
    pub const fn with_room_for(most: usize) -> Self {
        Self { names: BTreeSet::new(), most, over_until: 0 }
    }

    /// Spends a name until it ends by itself, in whatever unit `now` is in. `false` when it was spent before. Take a name
    /// only from what was sealed here: others cost memory and mean nothing.
    pub fn spend(&mut self, name: &str, ends_at: u64, now: u64) -> bool {
        if self.is_spent(name, ends_at) {
            return false;
        }
        self.names.insert((ends_at, name.into()));
        while let Some((first, _)) = self.names.first()
            && (*first <= now || self.names.len() > self.most)
        {
            if *first > now {
                self.over_until = self.over_until.max(*first);
            }
            self.names.pop_first();
        }
        true
    }

    /// Whether it was spent. `ends_at` is what is sealed with the name.
    pub fn is_spent(&self, name: &str, ends_at: u64) -> bool {
        ends_at <= self.over_until || self.names.contains(&(ends_at, name.into()))
    }
}

/// Shows how many there are: a session's name is a secret.
impl fmt::Debug for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spent({})", self.names.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Spent;

    #[test]
    fn g8_a_name_is_spent_once_and_until_its_end() {
        let mut spent = Spent::with_room_for(2);
        assert!(spent.spend("a", 100, 0));
        assert!(!spent.spend("a", 100, 50), "again");
        assert!(spent.is_spent("a", 100) && !spent.is_spent("b", 100));
        assert!(spent.spend("b", 300, 100) && spent.spend("c", 200, 100));
        assert!(!spent.is_spent("d", 150), "the one that ended by itself left no rule behind");
        assert!(!format!("{spent:?}").contains('c'));
    }

    /// Ten thousand sign-outs used to push out the first.
    #[test]
    fn g8_no_number_of_others_brings_one_back() {
        let mut spent = Spent::with_room_for(3);
        for (name, ends_at) in [("late", 900), ("a", 500), ("b", 600), ("c", 700), ("d", 800)] {
            assert!(spent.spend(name, ends_at, 10));
        }
        for (name, ends_at) in [("late", 900), ("a", 500), ("b", 600), ("c", 700), ("d", 800)] {
            assert!(spent.is_spent(name, ends_at), "{name}");
            assert!(!spent.spend(name, ends_at, 10), "{name}");
        }
        assert!(spent.is_spent("another", 600), "what ends by then goes with them");
        assert!(!spent.is_spent("another", 601) && !spent.is_spent("another", 899));
    }
}
