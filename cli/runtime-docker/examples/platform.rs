//! Brings a platform up or down on the engine and says how long it took: for measurements, and to
//! be killed. `platform FOLDER NAME up|down|plan`
#![expect(clippy::print_stdout, reason = "an example tells what it does")]

use std::path::PathBuf;

use devkit_compose::LoadOptions;
use devkit_runtime::{Cancellation, DownOptions, Event, Events, UpOptions};
use devkit_runtime_docker::{ConnectOptions, DockerDriver};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".into());
    let name = arguments.next();
    let command = arguments.next().unwrap_or_else(|| "up".into());
    let project = devkit_compose::load(&LoadOptions {
        working_dir: PathBuf::from(folder).canonicalize()?,
        project_name: name,
        environment: std::env::vars().collect(),
        ..LoadOptions::default()
    })?;
    let driver = DockerDriver::connect(&ConnectOptions {
        host: std::env::var("DOCKER_HOST").ok(),
        ..ConnectOptions::default()
    })
    .await?;
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let events = Events::new(sender);
    let cancellation = Cancellation::new();
    let tell = async {
        while let Some(event) = receiver.recv().await {
            match event {
                Event::StepFinished { step, elapsed } => {
                    let action = format!("{:?}", step.action);
                    let kind = action.split([' ', '{']).next().unwrap_or_default();
                    println!(
                        "{kind} {} ({}) {elapsed:?}",
                        step.action.subject(),
                        step.cause
                    );
                }
                Event::Ready {
                    service,
                    decided,
                    elapsed,
                } => println!("ready {service} by {decided:?} after {elapsed:?}"),
                Event::ServiceFailed { service, error } => println!("failed {service}: {error}"),
                _ => {}
            }
        }
    };
    let work = async {
        let result: Result<(), Box<dyn std::error::Error>> = match command.as_str() {
            "down" => {
                let options = DownOptions {
                    volumes: true,
                    ..DownOptions::default()
                };
                devkit_runtime::down(&driver, &project, &options, &events, &cancellation)
                    .await
                    .map(|report| println!("down: {:?}", report.failures))
                    .map_err(Into::into)
            }
            "plan" => devkit_runtime::dry_run(&driver, &project, &UpOptions::default())
                .await
                .map(|(_, plan)| println!("{} steps", plan.steps.len()))
                .map_err(Into::into),
            _ => {
                let options = UpOptions::default();
                devkit_runtime::up(&driver, &project, &options, &events, &cancellation)
                    .await
                    .map(|report| {
                        println!("{:?} in {:?}", report.report.ready, report.elapsed);
                    })
                    .map_err(Into::into)
            }
        };
        drop(events);
        result
    };
    let (result, ()) = tokio::join!(work, tell);
    result
}
