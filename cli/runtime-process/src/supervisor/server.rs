//! Answers requests on the socket, one a connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};

use super::office::Office;
use super::{lifecycle, ports};
use crate::protocol::{Answer, Envelope, Failure, Request, VERSION};

/// How long a supervisor of nothing stays for the next request.
const LINGER: Duration = Duration::from_secs(2);

/// Serves until nothing runs and nobody has asked for a while.
pub(super) async fn serve(office: Arc<Office>, listener: UnixListener) {
    let open = Arc::new(AtomicUsize::new(0));
    let mut quiet = 0_u32;
    let step = LINGER / 10;
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                quiet = 0;
                if let Ok((stream, _)) = accepted {
                    let (office, open) = (Arc::clone(&office), Arc::clone(&open));
                    open.fetch_add(1, Ordering::Relaxed);
                    tokio::spawn(async move {
                        converse(&office, stream).await;
                        open.fetch_sub(1, Ordering::Relaxed);
                    });
                }
            }
            () = tokio::time::sleep(step) => {
                let busy = office.is_busy() || open.load(Ordering::Relaxed) > 0;
                quiet = if busy { 0 } else { quiet + 1 };
                if quiet >= 10 {
                    return;
                }
            }
        }
    }
}

async fn converse(office: &Arc<Office>, stream: UnixStream) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let Ok(Some(line)) = lines.next_line().await else {
        return;
    };
    let answer = match serde_json::from_str::<Envelope>(&line) {
        Ok(envelope) if envelope.version == VERSION => match envelope.request {
            Request::Changes => return tell_changes(office, &mut writer).await,
            Request::Wait(id) => {
                // Whoever waits may go away; the wait must not keep the supervisor.
                tokio::select! {
                    ended = lifecycle::wait(office, &id) => {
                        ended.map_or_else(Answer::Failed, Answer::Ended)
                    }
                    _ = lines.next_line() => return,
                }
            }
            request => perform(office, request).await,
        },
        _ => Answer::Failed(Failure::new(format!(
            "The supervisor speaks version {VERSION} of its protocol, and was asked in another one"
        ))),
    };
    // Whoever asked may be gone; the work is done all the same.
    let _ = send(&mut writer, &answer).await;
}

async fn perform(office: &Arc<Office>, request: Request) -> Answer {
    let done = match request {
        Request::Status => return Answer::Status(office.books().status.clone()),
        Request::Doors(doors) => {
            return ports::open_doors(office, &doors).map_or_else(Answer::Failed, Answer::Doors);
        }
        Request::Create(specification) => lifecycle::create(office, *specification),
        Request::Start(id) => lifecycle::start(office, &id).await,
        Request::Stop(id, grace) => lifecycle::stop(office, &id, grace).await,
        Request::Remove(id) => lifecycle::remove(office, &id).await,
        Request::Rename(id, name) => lifecycle::rename(office, &id, &name),
        Request::Wait(_) | Request::Changes => Ok(()),
    };
    done.map_or_else(Answer::Failed, |()| Answer::Done)
}

async fn tell_changes(office: &Office, writer: &mut OwnedWriteHalf) {
    let mut happenings = office.listen();
    // The first answer says that from now on nothing is missed.
    if send(writer, &Answer::Done).await.is_err() {
        return;
    }
    loop {
        match happenings.recv().await {
            Ok(happening) => {
                if send(writer, &Answer::Happened(happening)).await.is_err() {
                    return;
                }
            }
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}

async fn send(writer: &mut OwnedWriteHalf, answer: &Answer) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    writer.write_all(&line).await
}
