//! The smaller drawings and the tables.

use unicode_width::UnicodeWidthStr;

use super::canvas::{Area, Canvas, SINGLE, fenced};
use super::diagram::centre;
use super::platform::{Mount, Platform};
use crate::facts::{Exposure, VolumeKind};

/// Draws what a developer can open from the host, as a tree of addresses.
pub fn external_access(platform: &Platform) -> String {
    let mut text = String::from(
        "External Access (Development):\n┌─────────────┐\n│  Developer  │\n│   Machine   │\n",
    );
    if platform.access.is_empty() {
        text.push_str("└─────────────┘\n");
        return fenced(&text);
    }
    text.push_str("└──────┬──────┘\n       │\n");
    let address = |port: u16| format!("http://localhost:{port}");
    let width = platform.access.iter().map(|one| address(one.port).len());
    let width = width.max().unwrap_or(0);
    for (index, access) in platform.access.iter().enumerate() {
        let branch = if index + 1 == platform.access.len() {
            '└'
        } else {
            '├'
        };
        let address = address(access.port);
        let line = format!("       {branch}──→ {address:width$} ({})\n", access.name);
        text.push_str(&line);
    }
    fenced(&text)
}

/// Draws the network with a box for each service, under the names that resolve inside it.
pub fn topology(platform: &Platform) -> String {
    const ROW: usize = 3;
    const WORDS: &str = "Service Discovery: DNS-based (service names resolve to IPs)";
    let network = &platform.network;
    let title = format!("{} ({})", network.name, network.driver);
    let subnet = network.subnet.as_ref().map(|it| format!("Subnet: {it}"));
    let names: Vec<&str> = platform.nodes().map(|node| node.service.as_str()).collect();
    let box_width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let box_width = box_width.max(10) + 4;
    let inner = (ROW * (box_width + 2) + 2)
        .max(title.width() + 4)
        .max(WORDS.width() + 4);
    let mut canvas = Canvas::default();
    let mut row = 2 + usize::from(subnet.is_some());
    canvas.text(row + 1, 3, WORDS);
    row += 3;
    for chunk in names.chunks(ROW) {
        for (index, name) in chunk.iter().enumerate() {
            let area = Area {
                top: row,
                left: 3 + index * (box_width + 2),
                width: box_width,
                height: 3,
            };
            canvas.centred_box(area, SINGLE, &[(*name).to_owned()]);
        }
        row += 4;
    }
    let frame = Area {
        top: 0,
        left: 0,
        width: inner + 2,
        height: row + 1,
    };
    canvas.frame(frame, SINGLE);
    centre(&mut canvas, 1, frame, &title);
    if let Some(subnet) = subnet {
        centre(&mut canvas, 2, frame, &subnet);
    }
    let host = Area {
        top: row + 4,
        left: 0,
        width: 20,
        height: 4,
    };
    canvas.text(row + 1, 9, "↑");
    canvas.text(row + 2, 9, "│ (Bridge to host)");
    canvas.text(row + 3, 9, "↓");
    canvas.centred_box(
        host,
        SINGLE,
        &["Host Machine".to_owned(), "Port Mappings".to_owned()],
    );
    fenced(&canvas.render())
}

/// Draws the volumes and the bind mounts with what is in them.
pub fn storage(platform: &Platform) -> String {
    let mounts: Vec<&Mount> = platform
        .nodes()
        .flat_map(|node| &node.mounts)
        .chain(&platform.shared_mounts)
        .collect();
    let name_width = mounts.iter().map(|mount| mount.name.width()).max();
    let name_width = name_width.unwrap_or(0) + 2;
    let groups = [
        ("Named Volumes (Production-ready):", VolumeKind::Named),
        ("Bind Mounts (Development-only):", VolumeKind::Bind),
    ];
    let line = |mount: &Mount| {
        let padding = " ".repeat(name_width - mount.name.width());
        format!("{}{padding}→ {}", mount.name, mount.description)
    };
    let width = mounts.iter().map(|mount| line(mount).width()).max();
    let width = width.unwrap_or(0).max(54) + 4;
    let mut canvas = Canvas::default();
    let mut row = 3;
    for (title, kind) in groups {
        let lines: Vec<String> = mounts
            .iter()
            .filter(|mount| mount.kind == kind)
            .map(|mount| line(mount))
            .collect();
        if lines.is_empty() {
            continue;
        }
        canvas.text(row, 3, title);
        let area = Area {
            top: row + 1,
            left: 3,
            width: width + 2,
            height: lines.len() + 2,
        };
        canvas.frame(area, SINGLE);
        for (index, line) in lines.iter().enumerate() {
            canvas.text(area.top + 1 + index, 6, line);
        }
        row = area.bottom() + 2;
    }
    let frame = Area {
        top: 0,
        left: 0,
        width: width + 8,
        height: row + 1,
    };
    canvas.frame(frame, SINGLE);
    centre(&mut canvas, 1, frame, "Data Persistence");
    fenced(&canvas.render())
}

/// Writes the table of ports.
pub fn ports(platform: &Platform) -> String {
    let header = [
        "Service",
        "Internal Port",
        "External Port",
        "Protocol",
        "Exposed in Dev?",
    ];
    let mut rows = Vec::new();
    for node in platform.nodes() {
        if node.ports.is_empty() {
            let none = "N/A".to_owned();
            rows.push(vec![
                node.name.clone(),
                none.clone(),
                none.clone(),
                none,
                "No".to_owned(),
            ]);
        }
        for port in &node.ports {
            rows.push(vec![
                port.label.clone().unwrap_or_else(|| node.name.clone()),
                port.internal.to_string(),
                port.external
                    .map_or_else(|| "N/A".to_owned(), |port| port.to_string()),
                port.protocol.clone(),
                match port.exposed {
                    Exposure::Yes => "Yes",
                    Exposure::No => "No",
                    Exposure::Development => "Yes (dev only)",
                }
                .to_owned(),
            ]);
        }
    }
    table(&header, &rows)
}

/// Writes the table of resources.
pub fn resources(platform: &Platform) -> String {
    let header = ["Service", "CPU", "Memory", "Scaling Strategy"];
    let rows: Vec<Vec<String>> = platform
        .nodes()
        .filter_map(|node| {
            let resources = node.resources.as_ref()?;
            Some(vec![
                node.name.clone(),
                format!("{:?}", resources.cpu),
                resources.memory.clone(),
                resources.scaling.clone(),
            ])
        })
        .collect();
    table(&header, &rows)
}

/// Writes a Markdown table with columns as wide as their widest cell.
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let escaped = |cell: &str| cell.replace('|', "\\|").replace('\n', " ");
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| escaped(cell)).collect())
        .collect();
    let widths: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(index, title)| {
            let cells = rows.iter().filter_map(|row| row.get(index));
            let widest = cells.map(|cell| cell.width()).max().unwrap_or(0);
            widest.max(title.width()).max(3)
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let cells = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!(" {cell}{} ", " ".repeat(width - cell.width())));
        format!("|{}|\n", cells.collect::<Vec<_>>().join("|"))
    };
    let mut text = line(header.to_vec());
    let rule = widths.iter().map(|width| "-".repeat(width + 2));
    let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    text.push_str(&rule);
    for row in &rows {
        text.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    text
}
