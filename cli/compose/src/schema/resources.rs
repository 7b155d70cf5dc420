//! The top of a compose file and everything in it but services.

use super::service::SERVICE;
use super::{
    ANY_TEXTS, Accepts, BOOLEAN, Field, JsonName, Kind, MAPPING, Names, OPTIONS, Object, Omit,
    Output, STRICT_INTEGER, TEXT, TEXT_MAP, TEXT_OR_LIST, object,
};

/// The whole file.
pub(crate) static PROJECT: Object = object(
    "compose file",
    &[
        Field::new(
            "configs",
            Kind::Map(&Kind::Object(&CONFIG), Names::Resource),
        ),
        Field::new("include", Kind::List(&INCLUDE, false)).omit(Omit::Always),
        Field::new(
            "models",
            Kind::Map(&Kind::Object(&MODEL), Names::ResourceOrIgnored),
        )
        .json(JsonName::Hidden),
        Field::new("name", TEXT),
        Field::new(
            "networks",
            Kind::Map(&Kind::Object(&NETWORK), Names::ResourceOrIgnored),
        ),
        Field::new(
            "secrets",
            Kind::Map(&Kind::Object(&SECRET), Names::Resource),
        ),
        Field::new(
            "services",
            Kind::Map(&Kind::Object(&SERVICE), Names::Resource),
        )
        .omit(Omit::NeverObject),
        Field::new("version", TEXT).omit(Omit::Always),
        Field::new(
            "volumes",
            Kind::Map(&Kind::Object(&VOLUME), Names::Resource),
        ),
    ],
);

const INCLUDE: Kind = Kind::OneOf(&[
    TEXT,
    Kind::Object(&Object {
        extensions: false,
        ..object(
            "include",
            &[
                Field::new("path", TEXT_OR_LIST),
                Field::new("project_directory", TEXT),
                Field::new("env_file", TEXT_OR_LIST),
            ],
        )
    }),
]);

const EXTERNAL: Kind = Kind::OneOf(&[
    Kind::Scalar(Accepts::BOOLEAN.or(Accepts::TEXT), Output::Boolean, &[]),
    Kind::Object(&object("external", &[Field::new("name", TEXT)])),
]);

const OPEN_EXTERNAL: Kind = Kind::OneOf(&[
    BOOLEAN,
    Kind::Object(&Object {
        closed: false,
        ..object("external", &[Field::new("name", TEXT)])
    }),
]);

static MODEL: Object = Object {
    required: &["model"],
    ..object(
        "model",
        &[
            Field::new("name", TEXT),
            Field::new("model", TEXT),
            Field::new("context_size", STRICT_INTEGER),
            Field::new("runtime_flags", ANY_TEXTS),
        ],
    )
};

static NETWORK: Object = Object {
    nullable: true,
    ..object(
        "network",
        &[
            Field::new("name", TEXT),
            Field::new("driver", TEXT),
            Field::new("driver_opts", OPTIONS),
            Field::new("ipam", Kind::Object(&IPAM)).omit(Omit::NeverObject),
            Field::new("external", EXTERNAL),
            Field::new("internal", BOOLEAN),
            Field::new("attachable", BOOLEAN),
            Field::new("labels", MAPPING),
            Field::new("enable_ipv4", BOOLEAN).omit(Omit::Absent),
            Field::new("enable_ipv6", BOOLEAN).omit(Omit::Absent),
        ],
    )
};

static IPAM: Object = object(
    "address management",
    &[
        Field::new("driver", TEXT),
        Field::new("config", Kind::List(&Kind::Object(&POOL), false)),
        Field::new("options", TEXT_MAP).omit(Omit::Always),
    ],
);

static POOL: Object = object(
    "pool of addresses",
    &[
        Field::new("subnet", TEXT),
        Field::new("gateway", TEXT),
        Field::new("ip_range", TEXT),
        Field::new("aux_addresses", TEXT_MAP),
    ],
);

static VOLUME: Object = Object {
    nullable: true,
    ..object(
        "volume",
        &[
            Field::new("name", TEXT),
            Field::new("driver", TEXT),
            Field::new("driver_opts", OPTIONS),
            Field::new("external", EXTERNAL),
            Field::new("labels", MAPPING),
        ],
    )
};

static SECRET: Object = object(
    "secret",
    &[
        Field::new("name", TEXT),
        Field::new("file", TEXT),
        Field::new("environment", TEXT),
        Field::new("external", OPEN_EXTERNAL),
        Field::new("labels", MAPPING),
        Field::new("driver", TEXT),
        Field::new("driver_opts", OPTIONS),
        Field::new("template_driver", TEXT),
    ],
);

static CONFIG: Object = object(
    "config",
    &[
        Field::new("name", TEXT),
        Field::new("file", TEXT),
        Field::new("environment", TEXT),
        Field::new("content", TEXT),
        Field::new("external", OPEN_EXTERNAL),
        Field::new("labels", MAPPING),
        Field::new("template_driver", TEXT),
    ],
);
