//! The box diagram: frames, sections, rows of boxes, lines, volumes and configuration.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::canvas::{Area, Canvas, DOUBLE, SINGLE, fenced};
use super::configuration;
use super::platform::{Edge, Mount, Node, Platform, Section};
use super::router::Router;
use crate::facts::VolumeKind;

/// How many boxes stand in a row.
const BOXES_IN_A_ROW: usize = 3;
/// The columns between a frame and what it holds.
const MARGIN: usize = 5;
/// The column of the network's frame.
const LEFT: usize = 3;
/// The column after the network's left border.
const INSIDE: usize = LEFT + 1;

/// Draws the box diagram of a platform, in a fence.
pub fn diagram(platform: &Platform) -> String {
    let mut drawing = Drawing::new(platform);
    drawing.sections();
    drawing.connections();
    drawing.finish();
    fenced(&drawing.canvas.render())
}

/// A box that was drawn for a node.
struct Placed {
    name: String,
    area: Area,
}

struct Drawing<'a> {
    platform: &'a Platform,
    canvas: Canvas,
    boxes: Vec<Placed>,
    /// Areas under which lines pass: titles and dividers.
    covers: Vec<Area>,
    /// Areas through which no line passes: volumes and labels.
    obstacles: Vec<Area>,
    /// First row and number of rows kept free for lines.
    channels: Vec<(usize, usize)>,
    box_width: usize,
    gap: usize,
    /// The width inside the network's frame.
    inner: usize,
    row: usize,
    bottom: usize,
}

impl<'a> Drawing<'a> {
    fn new(platform: &'a Platform) -> Self {
        let lines = platform
            .nodes()
            .flat_map(|node| node_lines(node).into_iter().chain(mount_lines(node)));
        let widest = lines.map(|line| line.width()).max().unwrap_or(0);
        let box_width = widest.max(15) + 4;
        let labels = platform.edges.iter().filter_map(|edge| edge.label.as_ref());
        let gap = labels.map(|label| label.width() + 4).max().unwrap_or(0);
        let gap = gap.max(8);
        let row = BOXES_IN_A_ROW * box_width + (BOXES_IN_A_ROW - 1) * gap + 2 * MARGIN;
        let titles = platform.sections.iter().flat_map(title_lines);
        let titles = titles.map(|line| line.width() + 2 * MARGIN + 4).max();
        let network = network_title(platform).width() + 4;
        let title = platform.title.width() + 4;
        let configuration = configuration::width(platform);
        let inner = [row, titles.unwrap_or(0), network, title, configuration]
            .into_iter()
            .fold(0, usize::max);
        Self {
            platform,
            canvas: Canvas::default(),
            boxes: Vec::new(),
            covers: Vec::new(),
            obstacles: Vec::new(),
            channels: Vec::new(),
            box_width,
            gap,
            inner,
            row: 6,
            bottom: 0,
        }
    }

    fn sections(&mut self) {
        let platform = self.platform;
        for (index, section) in platform.sections.iter().enumerate() {
            if index > 0 {
                self.divider(index);
            }
            self.section_title(section);
            self.channel();
            for nodes in section.nodes.chunks(BOXES_IN_A_ROW) {
                self.node_row(nodes);
                self.channel();
            }
        }
        if platform.sections.is_empty() {
            self.row += 1;
        }
        self.bottom = self.row;
    }

    fn divider(&mut self, index: usize) {
        let area = Area {
            top: self.row,
            left: INSIDE + 2,
            width: self.inner - 4,
            height: 1,
        };
        for column in 0..area.width {
            let character = match (index, column % 2) {
                (1, _) => '═',
                (_, 0) => '─',
                _ => ' ',
            };
            self.canvas.set(area.top, area.left + column, character);
        }
        self.covers.push(area);
        self.row += 2;
    }

    fn section_title(&mut self, section: &Section) {
        let lines = title_lines(section);
        let area = Area {
            top: self.row,
            left: INSIDE + 2,
            width: self.inner - 4,
            height: lines.len() + 2,
        };
        self.canvas.centred_box(area, DOUBLE, &lines);
        self.covers.push(area);
        self.row += area.height;
    }

    /// Keeps rows free for lines; those that stay empty are taken away in the end.
    fn channel(&mut self) {
        let edges = self.platform.edges.iter();
        let sources: BTreeSet<&str> = edges.map(|edge| edge.from.as_str()).collect();
        let height = 2 * sources.len() + 3;
        self.channels.push((self.row, height));
        self.row += height;
    }

    fn node_row(&mut self, nodes: &[Node]) {
        let height = nodes.iter().map(|node| node_lines(node).len()).max();
        let height = height.unwrap_or(0) + 2;
        let mut mounts_height = 0;
        for (index, node) in nodes.iter().enumerate() {
            let area = Area {
                top: self.row,
                left: INSIDE + MARGIN + index * (self.box_width + self.gap),
                width: self.box_width,
                height,
            };
            self.canvas.centred_box(area, SINGLE, &node_lines(node));
            self.boxes.push(Placed {
                name: node.name.clone(),
                area,
            });
            let mounts = mount_lines(node);
            if !mounts.is_empty() {
                mounts_height = mounts_height.max(mounts.len() + 4);
                self.mounts(area, &mounts);
            }
        }
        self.neighbours(nodes);
        self.row += height + mounts_height;
    }

    fn mounts(&mut self, node: Area, lines: &[String]) {
        let column = node.left + node.width / 2;
        self.canvas.set(node.bottom() + 1, column, '│');
        self.canvas.set(node.bottom() + 2, column, '↓');
        let area = Area {
            top: node.bottom() + 3,
            height: lines.len() + 2,
            ..node
        };
        self.canvas.centred_box(area, SINGLE, lines);
        self.obstacles.push(Area {
            top: node.bottom() + 1,
            height: 2,
            ..node
        });
        self.obstacles.push(area);
    }

    /// Draws the lines between boxes that stand side by side.
    fn neighbours(&mut self, nodes: &[Node]) {
        let first = self.boxes.len() - nodes.len();
        for (index, pair) in nodes.windows(2).enumerate() {
            let Some(edge) = self.edge_between(pair) else {
                continue;
            };
            let left = self.boxes[first + index].area;
            let (start, end) = (left.right() + 1, left.right() + self.gap);
            let row = left.top + 1;
            for column in start..=end {
                self.canvas.set(row, column, '─');
            }
            if edge.from == pair[0].name {
                self.canvas.set(row, end, '→');
            } else {
                self.canvas.set(row, start, '←');
            }
            if let Some(label) = &edge.label {
                let space = self.gap - label.width();
                self.canvas.text(row + 1, start + space / 2, label);
            }
            self.obstacles.push(Area {
                top: left.top,
                left: start,
                width: self.gap,
                height: left.height,
            });
        }
    }

    /// The first edge between two boxes that stand side by side.
    fn edge_between(&self, pair: &[Node]) -> Option<&'a Edge> {
        let joins = |edge: &&Edge| {
            let ends = [&edge.from, &edge.to];
            ends == [&pair[0].name, &pair[1].name] || ends == [&pair[1].name, &pair[0].name]
        };
        self.platform.edges.iter().find(joins)
    }

    /// Whether an edge is drawn as the line between two boxes that stand side by side.
    fn is_drawn(&self, edge: &Edge) -> bool {
        let sections = self.platform.sections.iter();
        let mut rows = sections.flat_map(|section| section.nodes.chunks(BOXES_IN_A_ROW));
        let same = |drawn: &Edge| drawn.from == edge.from && drawn.to == edge.to;
        rows.any(|row| {
            row.windows(2)
                .any(|pair| self.edge_between(pair).is_some_and(same))
        })
    }

    /// Leads the lines between boxes that do not stand side by side.
    fn connections(&mut self) {
        let mut router = Router::new(Area {
            top: 4,
            left: INSIDE + 1,
            width: self.inner - 2,
            height: self.bottom.saturating_sub(3),
        });
        for area in self.boxes.iter().map(|placed| placed.area) {
            router.block(Area {
                left: area.left - 1,
                width: area.width + 2,
                ..area
            });
        }
        for area in &self.obstacles {
            router.block(*area);
        }
        for area in &self.covers {
            router.cover(*area);
        }
        let mut left_out = Vec::new();
        for edge in &self.platform.edges {
            if self.is_drawn(edge) {
                continue;
            }
            let find = |name: &str| self.boxes.iter().position(|placed| placed.name == name);
            let (Some(from), Some(to)) = (find(&edge.from), find(&edge.to)) else {
                continue;
            };
            if from != to && !router.connect(from, self.boxes[from].area, self.boxes[to].area) {
                left_out.push(format!("{} ───→ {}", edge.from, edge.to));
            }
        }
        router.draw(&mut self.canvas);
        for line in left_out {
            self.canvas.text(self.bottom, INSIDE + MARGIN, &line);
            self.bottom += 1;
        }
        self.close_channels();
    }

    /// Takes the rows of the channels away that hold nothing but straight lines.
    fn close_channels(&mut self) {
        let last = INSIDE + self.inner;
        for (start, height) in self.channels.clone().into_iter().rev() {
            let plain = |row: &usize| {
                (0..last).all(|column| matches!(self.canvas.get(*row, column), ' ' | '│'))
            };
            let spare: Vec<usize> = (start..start + height).filter(plain).skip(1).collect();
            for row in spare.into_iter().rev() {
                self.canvas.remove_row(row);
                self.bottom -= 1;
            }
        }
    }

    /// Draws the frames around, and the configuration below.
    fn finish(&mut self) {
        let network = Area {
            top: 3,
            left: LEFT,
            width: self.inner + 2,
            height: self.bottom.saturating_sub(2),
        };
        self.canvas.frame(network, SINGLE);
        centre(&mut self.canvas, 4, network, &network_title(self.platform));
        let mut bottom = network.bottom() + 1;
        if !self.platform.configuration.is_empty() {
            bottom = configuration::draw(&mut self.canvas, self.platform, bottom + 1, network);
        }
        let outer = Area {
            top: 0,
            left: 0,
            width: network.width + 2 * LEFT,
            height: bottom + 2,
        };
        self.canvas.frame(outer, SINGLE);
        centre(&mut self.canvas, 1, outer, &self.platform.title);
    }
}

/// Writes a line of text in the middle of a frame.
pub(super) fn centre(canvas: &mut Canvas, row: usize, frame: Area, text: &str) {
    let space = (frame.width - 2).saturating_sub(text.width());
    canvas.text(row, frame.left + 1 + space / 2, text);
}

fn network_title(platform: &Platform) -> String {
    format!("Docker Compose Network: {}", platform.network.name)
}

fn title_lines(section: &Section) -> Vec<String> {
    vec![
        section.title.clone(),
        format!(
            "(Defined in {} between ##<<{}>> markers)",
            section.file, section.marker
        ),
    ]
}

fn node_lines(node: &Node) -> Vec<String> {
    let mut lines = vec![node.name.clone()];
    lines.extend(node.technology.as_ref().map(|text| format!("({text})")));
    let ports: Vec<String> = node
        .ports
        .iter()
        .map(|port| port.external.unwrap_or(port.internal).to_string())
        .collect();
    match ports.as_slice() {
        [] => {}
        [port] => lines.push(format!("Port: {port}")),
        _ => lines.push(format!("Ports: {}", ports.join(", "))),
    }
    lines
}

fn mount_lines(node: &Node) -> Vec<String> {
    node.mounts
        .iter()
        .flat_map(|mount| [mount.name.clone(), format!("({})", kind_words(mount))])
        .collect()
}

/// What a box says about the kind of a mount.
fn kind_words(mount: &Mount) -> &'static str {
    match mount.kind {
        VolumeKind::Named => "Named Volume",
        VolumeKind::Bind => "Bind Mount",
    }
}
