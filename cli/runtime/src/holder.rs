//! Which process holds a port of the host, as far as the system shows it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The process that listens on a port: its name and id, where they can be seen.
pub(crate) fn process_on(port: u16, protocol: &str) -> Option<String> {
    let inodes = listening_inodes(port, protocol);
    if inodes.is_empty() {
        return None;
    }
    let processes = fs::read_dir("/proc").ok()?;
    processes
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().parse::<u32>().is_ok())
        .find(|entry| holds_one_of(&entry.path(), &inodes))
        .map(|entry| {
            let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            format!(
                "{} (process {})",
                name.trim(),
                entry.file_name().to_string_lossy()
            )
        })
}

fn listening_inodes(port: u16, protocol: &str) -> BTreeSet<String> {
    /// State of a listening TCP socket and of a bound UDP socket.
    const LISTENING: [&str; 2] = ["0A", "07"];
    let suffix = format!(":{port:04X}");
    ["", "6"]
        .iter()
        .filter_map(|version| fs::read_to_string(format!("/proc/net/{protocol}{version}")).ok())
        .flat_map(|table| {
            table
                .lines()
                .skip(1)
                .filter_map(|line| {
                    let fields: Vec<&str> = line.split_whitespace().collect();
                    let listens =
                        fields.get(1)?.ends_with(&suffix) && LISTENING.contains(fields.get(3)?);
                    listens.then(|| fields.get(9).map(|inode| (*inode).to_owned()))?
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn holds_one_of(process: &Path, inodes: &BTreeSet<String>) -> bool {
    let Ok(descriptors) = fs::read_dir(process.join("fd")) else {
        return false;
    };
    descriptors.flatten().any(|descriptor| {
        fs::read_link(descriptor.path()).is_ok_and(|target| {
            target
                .to_string_lossy()
                .strip_prefix("socket:[")
                .and_then(|rest| rest.strip_suffix(']'))
                .is_some_and(|inode| inodes.contains(inode))
        })
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn names_the_process_that_listens() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let holder = process_on(listener.local_addr().unwrap().port(), "tcp").unwrap();
        assert!(
            holder.ends_with(&format!("(process {})", std::process::id())),
            "{holder}"
        );
    }
}
