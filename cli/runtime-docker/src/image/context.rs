use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::ignore::Ignore;

/// How many bytes are gathered before they go to the engine.
const PIECE: usize = 64 * 1024;

/// What goes to the engine for a build.
#[derive(Debug, Clone)]
pub(super) struct Context {
    /// The folder.
    pub(super) folder: PathBuf,
    /// The Dockerfile's name in the archive.
    pub(super) dockerfile: String,
    /// Its text, when it does not stand in the folder under that name.
    pub(super) dockerfile_text: Option<String>,
}

impl Context {
    /// Packs the folder on a thread of its own, piece by piece, without ever holding all of it.
    pub(super) fn pack(self) -> mpsc::Receiver<io::Result<Bytes>> {
        let (sender, receiver) = mpsc::channel(8);
        tokio::task::spawn_blocking(move || {
            let mut pipe = Pipe {
                sender: sender.clone(),
                buffer: Vec::with_capacity(PIECE),
            };
            let result = self.write(&mut pipe).and_then(|()| pipe.flush());
            if let Err(error) = result {
                // The engine stopped reading, or hears why the archive ends here.
                let _ = sender.blocking_send(Err(error));
            }
        });
        receiver
    }

    fn write(&self, pipe: &mut Pipe) -> io::Result<()> {
        let mut archive = tar::Builder::new(pipe);
        archive.follow_symlinks(false);
        let ignore = self.ignore();
        self.add_folder(&mut archive, &ignore, Path::new(""))?;
        if let Some(text) = &self.dockerfile_text {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            archive.append_data(&mut header, &self.dockerfile, text.as_bytes())?;
        }
        archive.finish()
    }

    /// `<Dockerfile>.dockerignore` stands before `.dockerignore`.
    fn ignore(&self) -> Ignore {
        let own = self
            .folder
            .join(format!("{}.dockerignore", self.dockerfile));
        let text = fs::read_to_string(own)
            .or_else(|_| fs::read_to_string(self.folder.join(".dockerignore")))
            .unwrap_or_default();
        Ignore::parse(&text)
    }

    fn add_folder(
        &self,
        archive: &mut tar::Builder<&mut Pipe>,
        ignore: &Ignore,
        folder: &Path,
    ) -> io::Result<()> {
        let mut entries: Vec<_> =
            fs::read_dir(self.folder.join(folder))?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = folder.join(entry.file_name());
            let name = path.to_string_lossy();
            // The engine needs these two even when the rules leave them out.
            let needed = name == self.dockerfile.as_str() || name == ".dockerignore";
            let excluded = ignore.excludes(&name) && !needed;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !excluded {
                    archive.append_dir(&path, entry.path())?;
                }
                let holds_dockerfile = Path::new(&self.dockerfile).starts_with(&path);
                if !excluded || ignore.may_let_in() || holds_dockerfile {
                    self.add_folder(archive, ignore, &path)?;
                }
            } else if !excluded && (kind.is_file() || kind.is_symlink()) {
                add_file(archive, &entry.path(), &path)?;
            }
        }
        Ok(())
    }
}

/// Adds a file or link with the owner that Docker gives it, so that layers are found again.
fn add_file(archive: &mut tar::Builder<&mut Pipe>, file: &Path, name: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(file)?;
    let mut header = tar::Header::new_gnu();
    header.set_metadata(&metadata);
    header.set_uid(0);
    header.set_gid(0);
    if metadata.is_symlink() {
        header.set_size(0);
        return archive.append_link(&mut header, name, fs::read_link(file)?);
    }
    archive.append_data(&mut header, name, fs::File::open(file)?)
}

/// A writer whose pieces go through a channel.
struct Pipe {
    sender: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.buffer));
        self.sender
            .blocking_send(Ok(piece))
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_archive_holds_what_the_rules_let_in() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, text).expect("a file");
        };
        write("Dockerfile", "FROM scratch");
        write(".dockerignore", "*\n!src/**\n");
        write("src/main.rs", "fn main() {}");
        write("target/big", "x");
        let context = Context {
            folder: folder.path().into(),
            dockerfile: "Dockerfile".into(),
            dockerfile_text: None,
        };
        let mut pieces = context.pack();
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.recv().await {
            bytes.extend_from_slice(&piece.expect("a piece"));
        }
        let mut archive = tar::Archive::new(bytes.as_slice());
        let names: Vec<String> = archive
            .entries()
            .expect("entries")
            .map(|entry| {
                let entry = entry.expect("an entry");
                entry.path().expect("a path").display().to_string()
            })
            .collect();
        assert!(names.contains(&"src/main.rs".to_owned()), "{names:?}");
        assert!(names.contains(&"Dockerfile".to_owned()), "{names:?}");
        assert!(
            !names.iter().any(|name| name.starts_with("target")),
            "{names:?}"
        );
    }
}
