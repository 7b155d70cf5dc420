//! The parts of a service that are mappings or lists of their own.

use super::{
    ANY_TEXTS, Accepts, BOOLEAN, BOOLEAN_TEXT, BYTES, COMMAND, DURATION, EXTRA_HOSTS, FILE_MODE,
    FLOAT, Field, INTEGER, INTEGER_BYTES, JsonName, Kind, MAPPING, MAPPING_NULLABLE, NATURAL, NONE,
    NUMBER, NUMBER_INTEGER, Names, OPTIONS, Object, Omit, Output, STRICT_BOOLEAN, TEXT, TEXT_BYTES,
    TEXT_OR_LIST, TEXTS, UNSIGNED, WHOLE, object, word,
};

pub(super) const BUILD: Kind = Kind::OneOf(&[
    Kind::Object(&object(
        "build",
        &[
            Field::new("context", TEXT),
            Field::new("dockerfile", TEXT),
            Field::new("dockerfile_inline", TEXT),
            Field::new("entitlements", ANY_TEXTS),
            Field::new("args", MAPPING_NULLABLE),
            Field::new("provenance", BOOLEAN_TEXT),
            Field::new("sbom", BOOLEAN_TEXT),
            Field::new("ssh", MAPPING),
            Field::new("labels", MAPPING),
            Field::new("cache_from", ANY_TEXTS),
            Field::new("cache_to", ANY_TEXTS),
            Field::new("no_cache", BOOLEAN),
            Field::new("additional_contexts", MAPPING),
            Field::new("pull", BOOLEAN),
            Field::new("extra_hosts", EXTRA_HOSTS),
            Field::new("isolation", TEXT),
            Field::new("network", TEXT),
            Field::new("target", TEXT),
            Field::new("secrets", Kind::List(&REFERENCE, false)),
            Field::new("shm_size", INTEGER_BYTES),
            Field::new("tags", ANY_TEXTS),
            Field::new("ulimits", BUILD_ULIMITS),
            Field::new("platforms", ANY_TEXTS),
            Field::new("privileged", BOOLEAN),
        ],
    )),
    TEXT,
]);

pub(super) static DEVELOP: Object = Object {
    nullable: true,
    ..object(
        "develop",
        &[Field::new(
            "watch",
            Kind::List(&Kind::Object(&TRIGGER), false),
        )],
    )
};

static TRIGGER: Object = Object {
    required: &["path", "action"],
    ..object(
        "watch rule",
        &[
            Field::new("path", TEXT),
            Field::new(
                "action",
                word(&["rebuild", "sync", "restart", "sync+restart", "sync+exec"]),
            ),
            Field::new("target", TEXT),
            Field::new("exec", Kind::Object(&HOOK)).omit(Omit::NeverObject),
            Field::new("include", TEXT_OR_LIST),
            Field::new("ignore", TEXT_OR_LIST),
            Field::new("initial_sync", STRICT_BOOLEAN),
        ],
    )
};

static HOOK: Object = Object {
    required: &["command"],
    ..object(
        "hook",
        &[
            Field::new("command", COMMAND).omit(Omit::NeverNull),
            Field::new("user", TEXT),
            Field::new("privileged", BOOLEAN),
            Field::new("working_dir", TEXT),
            Field::new("environment", MAPPING_NULLABLE),
        ],
    )
};

pub(super) const HOOKS: Kind = Kind::List(&Kind::Object(&HOOK), false);

pub(super) static BLKIO: Object = Object {
    extensions: false,
    ..object(
        "block input and output",
        &[
            Field::new("weight", WEIGHT_VALUE),
            Field::new("weight_device", Kind::List(&Kind::Object(&WEIGHT), false)),
            Field::new("device_read_bps", LIMITS),
            Field::new("device_read_iops", LIMITS),
            Field::new("device_write_bps", LIMITS),
            Field::new("device_write_iops", LIMITS),
        ],
    )
};

const WEIGHT_VALUE: Kind = Kind::Scalar(Accepts::INTEGER.or(Accepts::TEXT), Output::Weight, NONE);

const LIMITS: Kind = Kind::List(&Kind::Object(&LIMIT), false);

static LIMIT: Object = Object {
    extensions: false,
    ..object(
        "device limit",
        &[
            Field::new("path", TEXT)
                .omit(Omit::NeverZero)
                .json(JsonName::Other("Path")),
            Field::new("rate", INTEGER_BYTES)
                .omit(Omit::NeverZero)
                .json(JsonName::Other("Rate")),
        ],
    )
};

static WEIGHT: Object = Object {
    extensions: false,
    ..object(
        "device weight",
        &[
            Field::new("path", TEXT)
                .omit(Omit::NeverZero)
                .json(JsonName::Other("Path")),
            Field::new("weight", WEIGHT_VALUE)
                .omit(Omit::NeverZero)
                .json(JsonName::Other("Weight")),
        ],
    )
};

pub(super) static CREDENTIAL_SPEC: Object = object(
    "credential spec",
    &[
        Field::new("config", TEXT),
        Field::new("file", TEXT),
        Field::new("registry", TEXT),
    ],
);

pub(super) const DEPENDS_ON: Kind = Kind::OneOf(&[
    Kind::Map(
        &Kind::Object(&Object {
            required: &["condition"],
            ..object(
                "dependency",
                &[
                    Field::new(
                        "condition",
                        word(&[
                            "service_started",
                            "service_healthy",
                            "service_completed_successfully",
                        ]),
                    ),
                    Field::new("restart", BOOLEAN),
                    Field::new("required", STRICT_BOOLEAN).omit(Omit::Absent),
                ],
            )
        }),
        Names::Resource,
    ),
    TEXTS,
]);

pub(super) static DEPLOY: Object = Object {
    nullable: true,
    ..object(
        "deployment",
        &[
            Field::new("mode", TEXT),
            Field::new("replicas", UNSIGNED).omit(Omit::Absent),
            Field::new("labels", MAPPING),
            Field::new("update_config", Kind::Object(&UPDATE)).omit(Omit::Absent),
            Field::new("rollback_config", Kind::Object(&UPDATE)).omit(Omit::Absent),
            Field::new("resources", Kind::Object(&RESOURCES)).omit(Omit::NeverObject),
            Field::new("restart_policy", Kind::Object(&RESTART_POLICY)).omit(Omit::Absent),
            Field::new("placement", Kind::Object(&PLACEMENT)).omit(Omit::NeverObject),
            Field::new("endpoint_mode", TEXT),
        ],
    )
};

static UPDATE: Object = object(
    "update",
    &[
        Field::new("parallelism", UNSIGNED).omit(Omit::Absent),
        Field::new("delay", DURATION),
        Field::new("failure_action", TEXT),
        Field::new("monitor", DURATION),
        Field::new("max_failure_ratio", FLOAT),
        Field::new("order", word(&["start-first", "stop-first"])),
    ],
);

static RESOURCES: Object = object(
    "resources",
    &[
        Field::new(
            "limits",
            Kind::Object(&object(
                "limits",
                &[
                    Field::new("cpus", FLOAT),
                    Field::new("memory", TEXT_BYTES),
                    Field::new("pids", INTEGER),
                ],
            )),
        )
        .omit(Omit::Absent),
        Field::new(
            "reservations",
            Kind::Object(&object(
                "reservations",
                &[
                    Field::new("cpus", FLOAT),
                    Field::new("memory", TEXT_BYTES),
                    Field::new("devices", DEVICE_REQUESTS),
                    Field::new("generic_resources", GENERIC),
                ],
            )),
        )
        .omit(Omit::Absent),
    ],
);

const GENERIC: Kind = Kind::List(
    &Kind::Object(&object(
        "generic resource",
        &[Field::new(
            "discrete_resource_spec",
            Kind::Object(&object(
                "discrete resource",
                &[
                    Field::new("kind", TEXT).omit(Omit::NeverZero),
                    Field::new("value", NUMBER_INTEGER).omit(Omit::NeverZero),
                ],
            )),
        )
        .omit(Omit::Absent)],
    )),
    false,
);

const DEVICE_FIELDS: &[Field] = &[
    Field::new("capabilities", TEXTS),
    Field::new("driver", TEXT),
    Field::new(
        "count",
        Kind::Scalar(
            Accepts::TEXT.or(Accepts::INTEGER),
            Output::DeviceCount,
            NONE,
        ),
    ),
    Field::new("device_ids", TEXTS),
    Field::new("options", MAPPING),
];

const DEVICE_REQUESTS: Kind = Kind::List(
    &Kind::Object(&Object {
        required: &["capabilities"],
        ..object("device request", DEVICE_FIELDS)
    }),
    false,
);

pub(super) const GPUS: Kind = Kind::OneOf(&[
    Kind::List(
        &Kind::Object(&Object {
            closed: false,
            ..object("device request", DEVICE_FIELDS)
        }),
        false,
    ),
    word(&["all"]),
]);

static RESTART_POLICY: Object = object(
    "restart policy",
    &[
        Field::new("condition", TEXT),
        Field::new("delay", DURATION).omit(Omit::Absent),
        Field::new("max_attempts", UNSIGNED).omit(Omit::Absent),
        Field::new("window", DURATION).omit(Omit::Absent),
    ],
);

static PLACEMENT: Object = object(
    "placement",
    &[
        Field::new("constraints", ANY_TEXTS),
        Field::new(
            "preferences",
            Kind::List(
                &Kind::Object(&object("preference", &[Field::new("spread", TEXT)])),
                false,
            ),
        ),
        Field::new("max_replicas_per_node", UNSIGNED),
    ],
);

pub(super) const DEVICE: Kind = Kind::OneOf(&[
    Kind::Object(&Object {
        required: &["source"],
        ..object(
            "device",
            &[
                Field::new("source", TEXT),
                Field::new("target", TEXT),
                Field::new("permissions", TEXT),
            ],
        )
    }),
    TEXT,
]);

pub(super) static PROVIDER: Object = Object {
    required: &["type"],
    ..object(
        "provider",
        &[
            Field::new("type", TEXT),
            Field::new(
                "options",
                Kind::Map(
                    &Kind::OneOf(&[Kind::List(&PROVIDER_VALUE, false), PROVIDER_VALUE]),
                    Names::Any,
                ),
            ),
        ],
    )
};

const PROVIDER_VALUE: Kind = Kind::Scalar(
    Accepts::TEXT.or(Accepts::NUMBER).or(Accepts::BOOLEAN),
    Output::Text,
    NONE,
);

pub(super) const ENV_FILE: Kind = Kind::OneOf(&[
    Kind::List(
        &Kind::OneOf(&[
            Kind::Object(&Object {
                required: &["path"],
                extensions: false,
                ..object(
                    "env file",
                    &[
                        Field::new("path", TEXT),
                        Field::new("required", BOOLEAN).omit(Omit::Absent),
                        Field::new("format", TEXT),
                    ],
                )
            }),
            TEXT,
        ]),
        false,
    ),
    TEXT,
]);

pub(super) const EXTENDS: Kind = Kind::OneOf(&[
    Kind::Object(&Object {
        required: &["service"],
        extensions: false,
        ..object(
            "extends",
            &[Field::new("file", TEXT), Field::new("service", TEXT)],
        )
    }),
    TEXT,
]);

pub(super) static HEALTHCHECK: Object = object(
    "health check",
    &[
        Field::new("test", Kind::OneOf(&[ANY_TEXTS, TEXT])),
        Field::new("timeout", DURATION).omit(Omit::Absent),
        Field::new("interval", DURATION).omit(Omit::Absent),
        Field::new(
            "retries",
            Kind::Scalar(Accepts::NUMBER.or(Accepts::TEXT), Output::Unsigned, NONE),
        )
        .omit(Omit::Absent),
        Field::new("start_period", DURATION).omit(Omit::Absent),
        Field::new("start_interval", DURATION).omit(Omit::Absent),
        Field::new("disable", BOOLEAN),
    ],
);

pub(super) static LOGGING: Object = object(
    "logging",
    &[
        Field::new("driver", TEXT),
        Field::new(
            "options",
            Kind::Map(
                &Kind::Scalar(
                    Accepts::TEXT.or(Accepts::NUMBER).or(Accepts::NULL),
                    Output::Text,
                    NONE,
                ),
                Names::Any,
            ),
        ),
    ],
);

pub(super) const MODELS: Kind = Kind::OneOf(&[
    Kind::Map(
        &Kind::Object(&Object {
            nullable: true,
            ..object(
                "model use",
                &[
                    Field::new("endpoint_var", TEXT),
                    Field::new("model_var", TEXT),
                ],
            )
        }),
        Names::ResourceOrIgnored,
    ),
    TEXTS,
]);

pub(super) const NETWORKS: Kind = Kind::OneOf(&[
    Kind::Map(
        &Kind::Object(&Object {
            nullable: true,
            ..object(
                "network attachment",
                &[
                    Field::new("aliases", TEXTS),
                    Field::new("driver_opts", OPTIONS),
                    Field::new("gw_priority", NUMBER),
                    Field::new("interface_name", TEXT),
                    Field::new("ipv4_address", TEXT),
                    Field::new("ipv6_address", TEXT),
                    Field::new("link_local_ips", TEXTS),
                    Field::new("mac_address", TEXT),
                    Field::new("priority", NUMBER),
                ],
            )
        }),
        Names::Resource,
    ),
    TEXTS,
]);

pub(super) const PORT: Kind = Kind::OneOf(&[
    Kind::Object(&object(
        "port",
        &[
            Field::new("name", TEXT),
            Field::new("mode", TEXT),
            Field::new("host_ip", TEXT),
            Field::new("target", UNSIGNED),
            Field::new(
                "published",
                Kind::Scalar(
                    Accepts::TEXT.or(Accepts::INTEGER),
                    Output::TextOrInteger,
                    NONE,
                ),
            ),
            Field::new("protocol", TEXT),
            Field::new("app_protocol", TEXT),
        ],
    )),
    Kind::Scalar(Accepts::TEXT.or(Accepts::NUMBER), Output::Text, NONE),
]);

pub(super) const REFERENCE: Kind = Kind::OneOf(&[
    Kind::Object(&object(
        "reference",
        &[
            Field::new("source", TEXT),
            Field::new("target", TEXT),
            Field::new("uid", TEXT),
            Field::new("gid", TEXT),
            Field::new("mode", FILE_MODE).omit(Omit::Absent),
        ],
    )),
    TEXT,
]);

/// The title of a limit of processes or files.
pub(crate) const LIMIT_TITLE: &str = "limit";

pub(super) const ULIMITS: Kind = Kind::Map(
    &Kind::OneOf(&[Kind::Object(&ULIMIT), WHOLE]),
    Names::LowerOrIgnored,
);

/// Text is taken for a number in the limits of a service alone.
const BUILD_ULIMITS: Kind = Kind::Map(
    &Kind::OneOf(&[
        Kind::Object(&ULIMIT),
        Kind::Scalar(Accepts::INTEGER, Output::Whole, NONE),
    ]),
    Names::LowerOrIgnored,
);

static ULIMIT: Object = Object {
    required: &["soft", "hard"],
    ..object(
        LIMIT_TITLE,
        &[Field::new("soft", WHOLE), Field::new("hard", WHOLE)],
    )
};

pub(super) const VOLUME: Kind = Kind::OneOf(&[Kind::Object(&MOUNT), TEXT]);

static MOUNT: Object = Object {
    required: &["type"],
    ..object(
        "mount",
        &[
            Field::new(
                "type",
                word(&["bind", "volume", "tmpfs", "cluster", "npipe", "image"]),
            ),
            Field::new("source", TEXT),
            Field::new("target", TEXT),
            Field::new("read_only", BOOLEAN),
            Field::new("consistency", TEXT),
            Field::new("bind", Kind::Object(&BIND)).omit(Omit::Absent),
            Field::new("volume", Kind::Object(&VOLUME_OPTIONS)).omit(Omit::Absent),
            Field::new("tmpfs", Kind::Object(&TMPFS)).omit(Omit::Absent),
            Field::new("image", Kind::Object(&IMAGE)).omit(Omit::Absent),
        ],
    )
};

static BIND: Object = object(
    "bind options",
    &[
        Field::new("selinux", word(&["z", "Z"])),
        Field::new("propagation", TEXT),
        Field::new("create_host_path", BOOLEAN),
        Field::new(
            "recursive",
            word(&["enabled", "disabled", "writable", "readonly"]),
        ),
    ],
);

static VOLUME_OPTIONS: Object = object(
    "volume options",
    &[
        Field::new("labels", MAPPING),
        Field::new("nocopy", BOOLEAN),
        Field::new("subpath", TEXT),
    ],
);

static TMPFS: Object = object(
    "tmpfs options",
    &[Field::new("size", BYTES), Field::new("mode", NATURAL)],
);

static IMAGE: Object = object("image options", &[Field::new("subpath", TEXT)]);
