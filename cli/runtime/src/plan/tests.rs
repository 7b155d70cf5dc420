use std::collections::BTreeMap;

use devkit_compose::Project;
use devkit_compose::model::{Network, Service, Volume};
use serde_json::{Value, json};

use super::*;
use crate::{
    Action, Cause, ImageDefaults, Instance, InstanceLimits, InstanceRights, Observed,
    ObservedImage, ObservedNetwork, Plan, RuntimeKind, State, Wanted,
};

fn project(services: Value) -> Project {
    let services: BTreeMap<String, Service> = serde_json::from_value(services).expect("services");
    let mut project = Project {
        name: "demo".into(),
        services,
        ..Project::default()
    };
    let network = |key: &str| Network {
        name: format!("demo_{key}"),
        ..Network::default()
    };
    project
        .networks
        .insert("default".into(), network("default"));
    let data = Volume {
        name: "demo_data".into(),
        ..Volume::default()
    };
    project.volumes.insert("data".into(), data);
    project
}

fn chain() -> Project {
    project(json!({
        "db": {"image": "postgres:17", "volumes": [{"type": "volume", "source": "data", "target": "/d"}]},
        "migrate": {"image": "api", "depends_on": {"db": {"condition": "service_healthy", "required": true}}},
        "api": {
            "image": "api",
            "environment": {"LOG_LEVEL": "info", "API_TOKEN": "one"},
            "depends_on": {"migrate": {"condition": "service_completed_successfully", "required": true}},
        },
    }))
}

/// Everything as a plan for the project leaves it.
fn settled(project: &Project) -> Observed {
    let definitions = Definitions::read(project, RuntimeKind::Docker).expect("definitions");
    let mut observed = Observed::default();
    observed.networks.push(ObservedNetwork {
        id: "n".into(),
        name: "demo_default".into(),
        key: Some("default".into()),
        driver: "bridge".into(),
        ..ObservedNetwork::default()
    });
    observed.volumes.push(crate::ObservedVolume {
        name: "demo_data".into(),
        key: Some("data".into()),
        driver: "local".into(),
        ..crate::ObservedVolume::default()
    });
    for name in project.services.keys() {
        let id = format!("sha256:{name}");
        let fingerprint = definitions.of(name);
        observed.instances.push(Instance {
            hash: Some(fingerprint.hash(Some(&id))),
            fingerprint: Some(fingerprint),
            image: Some(id.clone()),
            environment: project.services[name]
                .environment
                .iter()
                .map(|(name, value)| (name.clone(), value.clone().unwrap_or_default()))
                .collect(),
            ..instance(name, 1)
        });
        let image = ObservedImage {
            id,
            name: name.clone(),
            defaults: ImageDefaults::default(),
        };
        observed.images.insert(name.clone(), image);
    }
    for instance in &mut observed.instances {
        if super::graph::is_one_shot(project, &instance.service) {
            instance.state = State::Exited;
            instance.exit_code = Some(0);
        }
    }
    observed
}

fn instance(service: &str, number: u32) -> Instance {
    Instance {
        runtime: RuntimeKind::Docker,
        id: format!("{service}{number}000000000000"),
        name: format!("demo-{service}-{number}"),
        service: service.into(),
        number,
        one_off: false,
        state: State::Running,
        exit_code: None,
        health: None,
        health_test: None,
        hash: None,
        fingerprint: None,
        image: None,
        image_name: None,
        entrypoint: Vec::new(),
        command: Vec::new(),
        created_at: None,
        started_at: None,
        finished_at: None,
        restarts: 0,
        restart_policy: None,
        ports: Vec::new(),
        networks: BTreeMap::new(),
        mounts: Vec::new(),
        environment: BTreeMap::new(),
        labels: BTreeMap::new(),
        limits: InstanceLimits::default(),
        rights: InstanceRights::default(),
        process: None,
    }
}

fn plan(project: &Project, observed: &Observed, options: &UpOptions) -> Plan {
    let definitions = Definitions::read(project, RuntimeKind::Docker).expect("definitions");
    plan_up(project, &definitions, observed, options).expect("a plan")
}

fn words(plan: &Plan) -> Vec<String> {
    plan.steps
        .iter()
        .map(|step| {
            let action = format!("{:?}", step.action);
            let kind = action.split([' ', '{']).next().unwrap_or_default();
            format!("{kind} {} ({})", step.action.subject(), step.cause)
        })
        .collect()
}

#[test]
fn everything_is_made_where_nothing_is() {
    let plan = plan(&chain(), &Observed::default(), &UpOptions::default());
    assert_eq!(
        words(&plan),
        [
            "CreateNetwork demo_default (missing)",
            "CreateVolume demo_data (missing)",
            "Pull api (missing)",
            "Pull postgres:17 (missing)",
            "Create demo-db-1 (missing)",
            "Start demo-db-1 (missing)",
            "Create demo-migrate-1 (missing)",
            "Start demo-migrate-1 (missing)",
            "Create demo-api-1 (missing)",
            "Start demo-api-1 (missing)",
        ]
    );
    assert_eq!(plan.wanted["migrate"], Wanted::Completed);
    assert_eq!(plan.wanted["api"], Wanted::Ready);
}

#[test]
fn nothing_is_done_where_everything_is() {
    let project = chain();
    let plan = plan(&project, &settled(&project), &UpOptions::default());
    assert_eq!(words(&plan), [""; 0]);
    assert_eq!(plan.wanted["migrate"], Wanted::AlreadyCompleted);
}

#[test]
fn a_changed_key_recreates_its_service_alone_and_secrets_are_not_told() {
    let before = chain();
    let observed = settled(&before);
    let mut after = chain();
    let api = after.services.get_mut("api").expect("api");
    api.environment
        .insert("LOG_LEVEL".into(), Some("debug".into()));
    api.environment
        .insert("API_TOKEN".into(), Some("two".into()));
    let plan = plan(&after, &observed, &UpOptions::default());
    let cause = "environment.API_TOKEN, environment.LOG_LEVEL (info -> debug) changed";
    assert_eq!(
        words(&plan),
        [
            format!("Create demo-api-1 ({cause})"),
            format!("Stop demo-api-1 ({cause})"),
            format!("Remove demo-api-1 ({cause})"),
            format!("Rename api100000000_demo-api-1 ({cause})"),
            format!("Start demo-api-1 ({cause})"),
        ]
    );
}

#[test]
fn keys_that_change_nothing_about_an_instance_do_not_count() {
    let before = chain();
    let observed = settled(&before);
    let mut after = chain();
    let api = after.services.get_mut("api").expect("api");
    api.depends_on.clear();
    api.profiles = vec!["x".into()];
    api.scale = Some(1);
    api.build = Some(devkit_compose::model::Build::default());
    let migrate_is_not_needed_now = plan(&after, &observed, &UpOptions::default());
    assert_eq!(
        words(&migrate_is_not_needed_now),
        ["Start demo-migrate-1 (not running)"]
    );
}

#[test]
fn a_one_shot_follows_a_new_volume_and_a_new_dependency() {
    let project = chain();
    let mut observed = settled(&project);
    observed.volumes.clear();
    let steps = words(&plan(&project, &observed, &UpOptions::default()));
    assert!(
        steps.contains(&"Start demo-migrate-1 (db was made again)".to_owned()),
        "{steps:?}"
    );
}

#[test]
fn a_changed_image_is_the_cause() {
    let project = chain();
    let mut observed = settled(&project);
    observed.images.get_mut("api").expect("api").id = "sha256:new".into();
    let plan = plan(&project, &observed, &UpOptions::default());
    assert_eq!(plan.steps[0].cause, Cause::ImageChanged);
}

#[test]
fn leftovers_of_an_interrupted_replacement_are_put_right() {
    let project = chain();
    let mut observed = settled(&project);
    // Killed after the old one was removed and before the new one got its name.
    let position = observed
        .instances
        .iter()
        .position(|one| one.service == "api");
    observed.instances[position.expect("api")].name = "abc_demo-api-1".into();
    let renamed = plan(&project, &observed, &UpOptions::default());
    assert_eq!(
        words(&renamed),
        ["Rename abc_demo-api-1 (left over from an interrupted replacement)"]
    );
    // Killed after the new one was made and before the old one was stopped.
    let mut observed = settled(&project);
    observed.instances.push(Instance {
        id: "new".into(),
        name: "abc_demo-api-1".into(),
        state: State::Created,
        ..instance("api", 1)
    });
    let removed = plan(&project, &observed, &UpOptions::default());
    assert_eq!(
        words(&removed),
        ["Remove abc_demo-api-1 (left over from an interrupted replacement)"]
    );
}

#[test]
fn scaling_a_fixed_port_is_refused_with_the_blocker() {
    let project = project(json!({"web": {
        "image": "web",
        "ports": [{"target": 80, "published": "8080", "protocol": "tcp"}],
    }}));
    let options = UpOptions {
        scale: [("web".to_owned(), 2)].into(),
        ..UpOptions::default()
    };
    let definitions = Definitions::read(&project, RuntimeKind::Docker).expect("definitions");
    let error = plan_up(&project, &definitions, &Observed::default(), &options)
        .expect_err("it cannot be scaled");
    assert!(error.diagnostic.notes[0].contains("8080"), "{error:?}");
}

#[test]
fn an_unknown_service_lists_the_known_ones() {
    let project = chain();
    let options = UpOptions {
        services: vec!["apo".into()],
        ..UpOptions::default()
    };
    let definitions = Definitions::read(&project, RuntimeKind::Docker).expect("definitions");
    let error = plan_up(&project, &definitions, &Observed::default(), &options)
        .expect_err("there is no such service");
    assert_eq!(error.class.exit_code(), 2);
    assert!(
        error.diagnostic.help[0].contains("api, db, migrate"),
        "{error:?}"
    );
}

#[test]
fn down_stops_those_that_need_others_first_and_keeps_volumes() {
    let project = chain();
    let mut observed = settled(&project);
    observed.instances.push(instance("orphan", 1));
    let kept = plan_down(&project, &observed, &DownOptions::default());
    let stop = |name: &str| {
        kept.steps
            .iter()
            .find(|step| {
                matches!(step.action, Action::Stop { .. }) && step.action.subject() == name
            })
            .unwrap_or_else(|| panic!("{name} is not stopped"))
    };
    let of_api = crate::Need::Step(stop("demo-api-1").id);
    // The migration between them has ended and needs no stop.
    assert_eq!(stop("demo-db-1").needs, [of_api]);
    assert!(stop("demo-orphan-1").needs.is_empty());
    let steps = words(&kept);
    assert!(
        steps
            .iter()
            .any(|step| step.starts_with("RemoveNetwork demo_default"))
    );
    assert!(!steps.iter().any(|step| step.starts_with("RemoveVolume")));
    let options = DownOptions {
        volumes: true,
        ..DownOptions::default()
    };
    let all = words(&plan_down(&project, &observed, &options));
    assert!(
        all.iter()
            .any(|step| step.starts_with("RemoveVolume demo_data"))
    );
}
