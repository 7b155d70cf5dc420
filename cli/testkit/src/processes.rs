use std::fs;
use std::path::Path;

/// The command lines of processes that work in a folder or name it, without this one.
pub fn processes_under(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let own = std::process::id();
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|id| *id != own)
        .filter_map(|id| {
            let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            let inside = fs::read_link(format!("/proc/{id}/cwd"))
                .is_ok_and(|current| current.starts_with(folder));
            let named = line.contains(&*folder.to_string_lossy());
            // A process that has ended and waits for its parent has no command line any more.
            (!line.is_empty() && (inside || named)).then(|| format!("{id} {}", line.trim()))
        })
        .collect()
}
