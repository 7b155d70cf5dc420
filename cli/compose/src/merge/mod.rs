//! Merges one tree over another by the rules of [`rules`], and removes what an entry of a list
//! defines anew by the rules of [`unique`].

mod rules;
mod unique;

use std::collections::BTreeMap;

use crate::session::{Path, Session};
use crate::tree::{Map, Node, Value};

use rules::Rule;
pub(crate) use unique::enforce_unique;

/// Merges a later file over what was read before.
pub(crate) fn merge(base: Node, over: Node, session: &mut Session) -> Node {
    merge_at(base, over, &mut Path::default(), session)
}

/// Merges a service over the one that it extends.
pub(crate) fn merge_service(base: Node, over: Node, name: &str, session: &mut Session) -> Node {
    let mut path = Path::default();
    path.push("services");
    path.push(name);
    merge_at(base, over, &mut path, session)
}

fn merge_at(base: Node, over: Node, path: &mut Path, session: &mut Session) -> Node {
    let rule = rules::rule(path);
    // Nothing said over a command takes it away; elsewhere it changes nothing.
    if over.is_null() {
        return if rule == Rule::Override { over } else { base };
    }
    if base.is_null() {
        return over;
    }
    match rule {
        Rule::Override => over,
        Rule::Pairs => match (pairs(base), pairs(over)) {
            // A name without a value hides the value that an earlier file gives.
            (
                Node {
                    value: Value::Map(mut entries),
                    ..
                },
                Node {
                    value: Value::Map(others),
                    place,
                    key,
                    tag,
                },
            ) => {
                entries.extend(others);
                Node {
                    value: Value::Map(entries),
                    place,
                    key,
                    tag,
                }
            }
            (base, over) => by_shape(base, over, path, session),
        },
        Rule::Append => {
            let (base, over) = (listed(base), listed(over));
            by_shape(base, over, path, session)
        }
        Rule::Names => by_shape(named(base), named(over), path, session),
        Rule::Dependencies => by_shape(dependencies(base), dependencies(over), path, session),
        Rule::Build => by_shape(build(base), build(over), path, session),
        Rule::Logging if other_driver(&base, &over) => over,
        Rule::Limit if base.as_map().is_none() || over.as_map().is_none() => over,
        Rule::Default | Rule::Logging | Rule::Limit => by_shape(base, over, path, session),
        Rule::Pools => pools(base, over, path, session),
        Rule::Hosts => hosts(&base, &over),
    }
}

fn by_shape(base: Node, over: Node, path: &mut Path, session: &mut Session) -> Node {
    match (base.value, over.value) {
        (Value::Map(entries), Value::Map(others)) => Node {
            value: Value::Map(maps(entries, others, path, session)),
            place: over.place,
            key: over.key,
            tag: over.tag,
        },
        (Value::List(mut items), Value::List(others)) => {
            items.extend(others);
            Node {
                value: Value::List(items),
                place: over.place,
                key: over.key,
                tag: over.tag,
            }
        }
        (base @ (Value::Map(_) | Value::List(_)), other) => {
            let message = format!(
                "{path} is {} in an earlier file and cannot become {}",
                base.describe(),
                other.describe()
            );
            session.error(message, over.place);
            Node {
                value: base,
                ..over
            }
        }
        (_, other) => Node {
            value: other,
            ..over
        },
    }
}

fn maps(mut base: Map, over: Map, path: &mut Path, session: &mut Session) -> Map {
    for (key, node) in over {
        let merged = match base.remove(&key) {
            None => node,
            Some(existing) => {
                path.push(&key);
                let merged = merge_at(existing, node, path, session);
                path.pop();
                merged
            }
        };
        base.insert(key, merged);
    }
    base
}

/// A list of `name=value` as a mapping; anything else stays.
pub(crate) fn pairs(node: Node) -> Node {
    let Value::List(items) = &node.value else {
        return node;
    };
    let mut map = BTreeMap::new();
    for item in items {
        let Some(text) = item.scalar_text() else {
            return node;
        };
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Value::Text(value.into())),
            None => (text.as_str(), Value::Null),
        };
        map.insert(name.to_owned(), item.at(value));
    }
    node.at(Value::Map(map))
}

/// A scalar as a list with one entry; `name: value` as `name=value`.
fn listed(node: Node) -> Node {
    match &node.value {
        Value::List(_) => node,
        Value::Map(map) => {
            let items = map
                .iter()
                .map(|(name, value)| match value.scalar_text() {
                    Some(text) => value.text_at(format!("{name}={text}")),
                    None => value.text_at(name.as_str()),
                })
                .collect();
            node.at(Value::List(items))
        }
        _ => node.at(Value::List(vec![node.clone()])),
    }
}

/// A list of names as a mapping to nothing.
pub(crate) fn named(node: Node) -> Node {
    names_to(node, |item| item.at(Value::Null))
}

/// A list of services as conditions.
pub(crate) fn dependencies(node: Node) -> Node {
    names_to(node, |item| {
        let condition = item.text_at("service_started");
        let required = item.at(Value::Bool(true));
        item.at(Value::Map(BTreeMap::from([
            ("condition".into(), condition),
            ("required".into(), required),
        ])))
    })
}

fn names_to(node: Node, entry: impl Fn(&Node) -> Node) -> Node {
    let Value::List(items) = &node.value else {
        return node;
    };
    let mut map = BTreeMap::new();
    for item in items {
        let Some(name) = item.as_text() else {
            return node;
        };
        map.insert(name.to_owned(), entry(item));
    }
    node.at(Value::Map(map))
}

/// A build given by its context alone as a mapping.
pub(crate) fn build(node: Node) -> Node {
    match &node.value {
        Value::Text(_) => {
            let context = BTreeMap::from([("context".into(), node.clone())]);
            node.at(Value::Map(context))
        }
        _ => node,
    }
}

fn other_driver(base: &Node, over: &Node) -> bool {
    match (base.text_of("driver"), over.text_of("driver")) {
        (Some(base), Some(over)) => base != over,
        _ => false,
    }
}

/// A pool of addresses in the result of a merge: one of the earlier or of the later ones.
#[derive(Clone, Copy)]
enum Pool {
    Earlier(usize),
    Later(usize),
}

/// Pools of addresses as the reference merges them: each earlier one meets each later one, takes
/// in what it says where the subnets are equal or the later one stands in the result already, and
/// is lost where it never takes in any.
fn pools(base: Node, over: Node, path: &mut Path, session: &mut Session) -> Node {
    let (Value::List(mut earlier), Value::List(later)) = (base.value, over.value.clone()) else {
        return over;
    };
    let mut chosen: Vec<Pool> = Vec::new();
    for at in 0..earlier.len() {
        for (number, other) in later.iter().enumerate() {
            let subnet = other.text_of("subnet");
            let known = |pool: Pool, subnet: Option<&str>, earlier: &[Node]| {
                let node = match pool {
                    Pool::Earlier(at) => &earlier[at],
                    Pool::Later(at) => &later[at],
                };
                node.text_of("subnet") == subnet
            };
            if earlier[at].text_of("subnet") != subnet
                && !chosen.iter().any(|pool| known(*pool, subnet, &earlier))
            {
                chosen.push(Pool::Later(number));
                continue;
            }
            path.push_index(at);
            let own = std::mem::take(&mut earlier[at]);
            earlier[at] = by_shape(own, other.clone(), path, session);
            path.pop();
            let subnet = earlier[at].text_of("subnet");
            match chosen
                .iter()
                .position(|pool| known(*pool, subnet, &earlier))
            {
                Some(place) => chosen[place] = Pool::Earlier(at),
                None => chosen.push(Pool::Earlier(at)),
            }
        }
    }
    let merged = chosen.into_iter().map(|pool| match pool {
        Pool::Earlier(at) => earlier[at].clone(),
        Pool::Later(at) => later[at].clone(),
    });
    over.at(Value::List(merged.collect()))
}

/// Host names may have several addresses: only equal lines are the same.
fn hosts(base: &Node, over: &Node) -> Node {
    let mut items = host_lines(base);
    for line in host_lines(over) {
        if !items.contains(&line) {
            items.push(line);
        }
    }
    over.at(Value::List(items))
}

/// Hosts as lines of `name=address`.
pub(crate) fn host_lines(node: &Node) -> Vec<Node> {
    match &node.value {
        Value::List(items) => items.clone(),
        Value::Map(map) => map
            .iter()
            .flat_map(|(name, value)| {
                let addresses = match &value.value {
                    Value::List(addresses) => addresses.clone(),
                    _ => vec![value.clone()],
                };
                addresses.into_iter().map(move |address| {
                    let text = address.scalar_text().unwrap_or_default();
                    address.text_at(format!("{name}={text}"))
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}
