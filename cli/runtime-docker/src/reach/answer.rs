//! What the script writes, as answers.

use devkit_runtime::{Peer, Reach};

/// The script that tries connections with the tools that are there.
pub(super) const SCRIPT: &str = include_str!("reach.sh");

/// The script's command line for some peers.
pub(super) fn command(peers: &[Peer]) -> Vec<String> {
    let mut command: Vec<String> = ["sh", "-c", SCRIPT, "reach"].map(str::to_owned).to_vec();
    for peer in peers {
        command.extend([peer.host.clone(), peer.port.to_string()]);
    }
    command
}

/// The answers in what the script wrote; nothing unless it has one for every peer.
pub(super) fn read(written: &str, peers: &[Peer]) -> Option<Vec<Reach>> {
    let answers: Vec<Reach> = written
        .lines()
        .filter_map(|line| line.trim().split_once(' '))
        .enumerate()
        .map_while(|(index, (number, answer))| {
            let answer = match answer {
                "connected" => Reach::Connected,
                "unresolved" => Reach::Unresolved,
                "refused" => Reach::Refused,
                _ => return None,
            };
            (number == index.to_string()).then_some(answer)
        })
        .collect();
    (answers.len() == peers.len()).then_some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_needed_for_every_peer() {
        let peer = |host: &str| Peer {
            host: host.to_owned(),
            port: 1,
        };
        let peers = [peer("a"), peer("b")];
        assert_eq!(
            read("0 connected\n1 refused\n", &peers),
            Some(vec![Reach::Connected, Reach::Refused])
        );
        assert_eq!(read("0 connected\n", &peers), None);
        assert_eq!(read("0 connected\n1 unknown\n", &peers), None);
        assert_eq!(read("sh: not found\n", &peers), None);
    }
}
