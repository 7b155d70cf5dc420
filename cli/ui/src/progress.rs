use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use crate::mode::Mode;
use crate::output::{Ui, error_line};
use crate::palette::{Palette, Tone};

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Something is being done.
    Working,
    /// It went well.
    Done,
    /// It went wrong.
    Failed,
    /// There was nothing to do.
    Unchanged,
}

/// Progress of several tasks at once, each known by its name.
#[derive(Debug)]
pub struct Progress {
    ui: Ui,
    bars: MultiProgress,
    tasks: Mutex<BTreeMap<String, Task>>,
}

#[derive(Debug)]
struct Task {
    bar: Option<ProgressBar>,
    started: Instant,
    last: Option<(TaskState, String)>,
}

impl Progress {
    pub(crate) fn new(ui: Ui) -> Self {
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        Self {
            ui,
            bars,
            tasks: Mutex::new(BTreeMap::new()),
        }
    }

    /// Says how far a task is; the same words twice are said once.
    pub fn update(&self, name: &str, state: TaskState, text: &str) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        let task = tasks
            .entry(name.to_owned())
            .or_insert_with(|| self.new_task(name));
        if task
            .last
            .as_ref()
            .is_some_and(|(last, words)| *last == state && words == text)
        {
            return;
        }
        task.last = Some((state, text.to_owned()));
        let elapsed = task.started.elapsed();
        match (&task.bar, self.ui.mode()) {
            (_, Mode::Quiet) => {}
            (_, Mode::Json) => self.ui.event(&json!({
                "event": "progress", "task": name, "state": word(state), "message": text,
                "milliseconds": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
            })),
            (Some(bar), _) => show(bar, self.ui.error_palette(), state, text),
            (None, _) => {
                error_line(&plain_line(
                    self.ui.error_palette(),
                    name,
                    state,
                    text,
                    elapsed,
                ));
            }
        }
    }

    /// Shows a further detail of a task, such as a percentage; only where lines can move.
    pub fn detail(&self, name: &str, text: &str) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        let task = tasks
            .entry(name.to_owned())
            .or_insert_with(|| self.new_task(name));
        if let Some(bar) = &task.bar {
            let width = self.ui.columns().saturating_sub(34).max(20);
            bar.set_message(console::truncate_str(text, width, "…").into_owned());
        }
    }

    /// Writes lines above what moves.
    pub fn suspend<T>(&self, action: impl FnOnce() -> T) -> T {
        self.bars.suspend(action)
    }

    /// Stops moving and leaves the last state of each task on the screen.
    pub fn finish(&self) {
        let tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        for task in tasks.values() {
            if let Some(bar) = task.bar.as_ref().filter(|bar| !bar.is_finished()) {
                bar.abandon();
            }
        }
    }

    fn new_task(&self, name: &str) -> Task {
        let bar = (self.ui.mode() == Mode::Tty).then(|| {
            let bar = self.bars.add(ProgressBar::new_spinner());
            let style = ProgressStyle::with_template("{spinner} {prefix:<22} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            bar.set_style(style);
            bar.set_prefix(name.to_owned());
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Task {
            bar,
            started: Instant::now(),
            last: None,
        }
    }
}

fn show(bar: &ProgressBar, palette: Palette, state: TaskState, text: &str) {
    if state == TaskState::Working {
        bar.set_message(text.to_owned());
        return;
    }
    let style =
        ProgressStyle::with_template(&format!("{} {{prefix:<22}} {{msg}}", mark(palette, state)));
    if let Ok(style) = style {
        bar.set_style(style);
    }
    let seconds = palette.paint(Tone::Faint, &seconds(bar.elapsed()));
    bar.finish_with_message(format!("{text} {seconds}"));
}

fn plain_line(
    palette: Palette,
    name: &str,
    state: TaskState,
    text: &str,
    elapsed: Duration,
) -> String {
    let time = if state == TaskState::Working {
        String::new()
    } else {
        seconds(elapsed)
    };
    let line = format!(
        "{} {name:<22} {text} {}",
        mark(palette, state),
        palette.paint(Tone::Faint, &time)
    );
    line.trim_end().to_owned()
}

fn seconds(elapsed: Duration) -> String {
    format!("{:.1}s", elapsed.as_secs_f64())
}

fn mark(palette: Palette, state: TaskState) -> String {
    match state {
        TaskState::Working => palette.paint(Tone::Faint, "·"),
        TaskState::Done => palette.paint(Tone::Good, "✔"),
        TaskState::Failed => palette.paint(Tone::Bad, "✘"),
        TaskState::Unchanged => palette.paint(Tone::Faint, "="),
    }
}

fn word(state: TaskState) -> &'static str {
    match state {
        TaskState::Working => "working",
        TaskState::Done => "done",
        TaskState::Failed => "failed",
        TaskState::Unchanged => "unchanged",
    }
}
