//! What a step or a call does to what it reaches: reads, writes, sends or takes a message.

use std::collections::BTreeSet;

/// The kinds of work that words tell of; none where they tell of nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Intent(BTreeSet<Act>);

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    /// Reads what is kept.
    Read,
    /// Changes what is kept.
    Write,
    /// Hands a message to a broker.
    Publish,
    /// Takes a message from a broker.
    Consume,
    /// Tells a broker that a message is done with.
    Settle,
}

/// Commands of SQL, of Redis and of message clients, as they stand in capital letters.
const COMMANDS: [(Act, &[&str]); 2] = [
    (
        Act::Read,
        &[
            "SELECT", "GET", "MGET", "HGET", "HGETALL", "EXISTS", "LRANGE", "SMEMBERS", "ZRANGE",
            "TTL",
        ],
    ),
    (
        Act::Write,
        &[
            "INSERT", "UPDATE", "DELETE", "UPSERT", "SET", "SETEX", "HSET", "MSET", "DEL", "LPUSH",
            "RPUSH", "SADD", "ZADD",
        ],
    ),
];

/// What people and log lines write; words that may mean either are left out.
const WORDS: [(Act, &[&str]); 5] = [
    (
        Act::Read,
        &[
            "check", "checks", "read", "reads", "query", "queries", "select", "fetch", "fetches",
            "find", "finds", "load", "loads", "lookup", "look",
        ],
    ),
    (
        Act::Write,
        &[
            "update",
            "updates",
            "store",
            "stores",
            "save",
            "saves",
            "insert",
            "inserts",
            "write",
            "writes",
            "delete",
            "deletes",
            "create",
            "creates",
            "mark",
            "marks",
            "invalidate",
            "remember",
            "persist",
        ],
    ),
    (
        Act::Publish,
        &[
            "publish",
            "publishes",
            "publishing",
            "enqueue",
            "enqueues",
            "send",
            "sends",
            "emit",
            "emits",
            "notify",
        ],
    ),
    (
        Act::Consume,
        &[
            "consume",
            "consumes",
            "consumer",
            "consuming",
            "deliver",
            "delivers",
            "delivery",
            "receive",
            "receives",
            "dequeue",
            "poll",
            "polls",
            "subscribe",
        ],
    ),
    (
        Act::Settle,
        &[
            "ack",
            "acks",
            "acknowledge",
            "acknowledges",
            "nack",
            "settle",
        ],
    ),
];

impl Intent {
    /// What words tell of: commands in capital letters, or else what is written around them.
    pub(super) fn of(text: &str) -> Self {
        let words = || text.split(|character: char| !character.is_alphanumeric());
        let commands: BTreeSet<Act> = words().flat_map(|word| acts(&COMMANDS, word)).collect();
        if !commands.is_empty() {
            return Self(commands);
        }
        Self(
            words()
                .flat_map(|word| acts(&WORDS, &word.to_lowercase()))
                .collect(),
        )
    }

    /// Whether one may be the other: they tell of the same, or one of them of nothing.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.0.is_empty() || other.0.is_empty() || !self.0.is_disjoint(&other.0)
    }

    /// Whether both tell of the same.
    pub(super) fn shares(&self, other: &Self) -> bool {
        !self.0.is_disjoint(&other.0)
    }

    /// Whether it tells of this.
    pub(super) fn is(&self, act: Act) -> bool {
        self.0.contains(&act)
    }
}

fn acts(table: &[(Act, &[&str])], word: &str) -> Vec<Act> {
    table
        .iter()
        .filter(|(_, words)| words.contains(&word))
        .map(|(act, _)| *act)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_count_more_than_the_words_around_them() {
        let insert = Intent::of("SQL Query\nINSERT INTO orders");
        assert!(insert.is(Act::Write) && !insert.is(Act::Read));
        assert!(!insert.agrees(&Intent::of("SELECT orders")));
    }

    #[test]
    fn what_may_mean_either_agrees_with_both() {
        let limit = Intent::of("INCR attempts");
        assert!(limit.agrees(&Intent::of("Check attempts")));
        assert!(limit.agrees(&Intent::of("Store attempts")));
        let both = Intent::of("Read and update the status");
        assert!(both.agrees(&Intent::of("UPDATE jobs")) && both.agrees(&Intent::of("SELECT jobs")));
    }

    #[test]
    fn checking_a_cache_is_not_filling_it() {
        assert!(Intent::of("Check cache").agrees(&Intent::of("GET users:all")));
        assert!(!Intent::of("Check cache").agrees(&Intent::of("SET users:all")));
        assert!(Intent::of("Update cache").agrees(&Intent::of("SET users:all")));
    }
}
