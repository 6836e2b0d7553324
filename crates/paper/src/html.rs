//! The HTML writer: the paper as an article for the screen, and as a file that stands alone.
//!
//! Apart from the templates of the web this is the only home of HTML.

mod sheet;

use crate::tree::{
    Align, Block, Cell, Document, Inline, Marker, NumberStyle, Numbered, Role, Sheet, Table, Tie, numbered,
};
use crate::wording::{
    ADDRESSED, LANGUAGE, MOTTO, NATIONAL_TITLE, RECIPIENTS, addressees, annex_number, annex_reference, lead,
    number_line, place_date, printable, recipients,
};

/// Spells a document as an `article` to stand in a page.
///
/// Figures become links where `link` knows an address. Headings begin at `h2`: the page has its own `h1`.
pub fn write(document: &Document, link: &dyn Fn(&Tie) -> Option<String>) -> String {
    article(document, link, Title::Line)
}

/// Spells a document as a whole file that needs no other, looks like the paper and prints as it.
pub fn standalone(document: &Document) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{LANGUAGE}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        escaped(&document.title),
        sheet::STYLE,
        article(document, &|_| None, Title::Heading)
    )
}

/// What the kind and the abstract are on the page.
#[derive(Debug, Clone, Copy)]
enum Title {
    /// The page's first heading.
    Heading,
    /// A line, for the page has a heading.
    Line,
}

/// Text under way, and how it links.
struct Html<'a> {
    out: String,
    link: &'a dyn Fn(&Tie) -> Option<String>,
    tables: usize,
    /// Level of the headings of depth 0.
    level: usize,
}

fn article(document: &Document, link: &dyn Fn(&Tie) -> Option<String>, title: Title) -> String {
    let mut html = Html { out: String::new(), link, tables: 0, level: 2 };
    html.raw(&format!("<article class=\"paper\" lang=\"{LANGUAGE}\">\n"));
    html.head(document, title);
    html.blocks(&document.body);
    html.foot(document);
    html.level = 3;
    for (index, annex) in document.annexes.iter().enumerate() {
        let number = annex_number(index, document.annexes.len());
        let class = match annex.sheet {
            Sheet::Portrait => "annex",
            Sheet::Landscape => "annex landscape",
        };
        html.raw(&format!("<section class=\"{class}\" id=\"phu-luc-{}\">\n", index + 1));
        html.raw(&format!("<h2>{number}<br>{}</h2>\n", escaped(&annex.title.to_uppercase())));
        html.raw(&format!(
            "<p class=\"reference\">{}</p>\n",
            escaped(&annex_reference(&document.head, document.dated))
        ));
        html.blocks(&annex.body);
        html.raw("</section>\n");
    }
    html.raw("</article>\n");
    html.out
}

impl Html<'_> {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn head(&mut self, document: &Document, title: Title) {
        let head = &document.head;
        self.raw("<header>\n<div class=\"boxes\">\n<div class=\"issuer\">\n");
        if let Some(superior) = &head.superior {
            self.raw(&format!("<p>{}</p>\n", escaped(&superior.to_uppercase())));
        }
        let issuer: Vec<String> = head.issuer.iter().map(|line| escaped(&line.to_uppercase())).collect();
        self.raw(&format!("<p class=\"name\">{}</p>\n", issuer.join("<br>")));
        let number = number_line(head);
        if !number.is_empty() {
            self.raw(&format!("<p class=\"number\">{}</p>\n", escaped(&number)));
        }
        for stamp in &head.stamps {
            self.raw(&format!("<p class=\"stamp\"><span>{}</span></p>\n", escaped(&stamp.to_uppercase())));
        }
        self.raw("</div>\n");
        self.raw(&format!("<div class=\"nation\">\n<p class=\"title\">{NATIONAL_TITLE}</p>\n"));
        self.raw(&format!("<p class=\"motto\"><span>{MOTTO}</span></p>\n"));
        let place_date = escaped(&place_date(head, document.dated));
        self.raw(&format!("<p class=\"date\">{place_date}</p>\n</div>\n</div>\n"));
        let (open, close) = match title {
            Title::Heading => ("<h1 class=\"kind\">", "</h1>"),
            Title::Line => ("<p class=\"kind\">", "</p>"),
        };
        self.raw(&format!("{open}{}{close}\n<p class=\"abstract\">", escaped(&head.kind.to_uppercase())));
        self.inlines(&head.abstract_line);
        self.raw("</p>\n");
        match addressees(head).as_slice() {
            [] => {}
            [only] => self.raw(&format!("<p class=\"addressee\">{ADDRESSED} {}</p>\n", escaped(only))),
            several => {
                self.raw(&format!("<div class=\"addressees\">\n<p>{ADDRESSED}</p>\n"));
                self.lines(several);
                self.raw("</div>\n");
            }
        }
        self.raw("</header>\n");
    }

    fn foot(&mut self, document: &Document) {
        let foot = &document.foot;
        self.raw("<footer>\n<div class=\"recipients\">\n");
        if let Some(beside) = &foot.beside {
            self.signature("beside", &beside.authority, beside.signer.as_deref());
        }
        let recipients = recipients(&foot.recipients);
        if !recipients.is_empty() {
            self.raw(&format!("<p class=\"word\">{RECIPIENTS}</p>\n"));
            self.lines(&recipients);
        }
        self.raw("</div>\n");
        self.signature("signature", &foot.authority, foot.signer.as_deref());
        self.raw("</footer>\n");
    }

    fn signature(&mut self, class: &str, authority: &[String], signer: Option<&str>) {
        let authority: Vec<String> = authority.iter().map(|line| escaped(&line.to_uppercase())).collect();
        self.raw(&format!("<div class=\"{class}\">\n<p class=\"authority\">{}</p>\n", authority.join("<br>")));
        let signer = signer.map(escaped).unwrap_or_default();
        self.raw(&format!("<p class=\"signer\">{signer}</p>\n</div>\n"));
    }

    /// A list whose entries bring their own dashes.
    fn lines(&mut self, entries: &[String]) {
        // Without a marker some readers do not announce a list, so the role says it.
        self.raw("<ul role=\"list\">\n");
        for entry in entries {
            self.raw(&format!("<li>{}</li>\n", escaped(entry)));
        }
        self.raw("</ul>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let mut list: Option<(Marker, usize)> = None;
        for entry in numbered(blocks) {
            let here = match entry.block {
                Block::Item { marker, .. } => Some((*marker, entry.depth)),
                Block::Section(_) | Block::Paragraph(_) | Block::Table(_) => None,
            };
            if here != list {
                self.end_list(list);
                self.begin_list(here);
                list = here;
            }
            self.block(&entry);
        }
        self.end_list(list);
    }

    fn begin_list(&mut self, list: Option<(Marker, usize)>) {
        if let Some((marker, _)) = list {
            self.raw(&format!("<{} role=\"list\">\n", list_tag(marker)));
        }
    }

    fn end_list(&mut self, list: Option<(Marker, usize)>) {
        if let Some((marker, _)) = list {
            self.raw(&format!("</{}>\n", list_tag(marker)));
        }
    }

    fn block(&mut self, entry: &Numbered<'_>) {
        match entry.block {
            Block::Section(section) => {
                let level = (entry.depth + self.level).min(5);
                let class = match section.style {
                    NumberStyle::Centred => " class=\"capitals centred\"",
                    NumberStyle::Roman => " class=\"capitals\"",
                    NumberStyle::Arabic | NumberStyle::Decimal | NumberStyle::Letter => "",
                };
                self.raw(&format!("<h{level} id=\"{}\"{class}>{}", escaped(&section.id), lead(&entry.number)));
                self.inlines(&section.title);
                self.raw(&format!("</h{level}>\n"));
            }
            Block::Paragraph(text) => {
                self.raw("<p>");
                self.inlines(text);
                self.raw("</p>\n");
            }
            Block::Item { text, .. } => {
                let class =
                    if let Block::Item { marker: Marker::Article, .. } = entry.block { "article" } else { "marker" };
                self.raw(&format!("<li><span class=\"{class}\">{}</span> ", entry.number));
                self.inlines(text);
                self.raw("</li>\n");
            }
            Block::Table(table) => self.table(table),
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        // A wide table scrolls in a frame of its own, which keyboards must reach and readers name.
        self.raw(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng {}\">\n<table>\n",
            self.tables
        ));
        for (tag, rows) in [("thead", &table.header), ("tbody", &table.rows), ("tfoot", &table.totals)] {
            if rows.is_empty() {
                continue;
            }
            self.raw(&format!("<{tag}>\n"));
            for row in rows {
                self.raw("<tr>");
                let mut column = 0;
                for cell in row {
                    self.cell(table, tag, cell, column);
                    column += usize::from(cell.columns);
                }
                self.raw("</tr>\n");
            }
            self.raw(&format!("</{tag}>\n"));
        }
        self.raw("</table>\n</div>\n");
    }

    fn cell(&mut self, table: &Table, part: &str, cell: &Cell, column: usize) {
        let columns = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
        let rows = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
        let (tag, attributes) = if part == "thead" {
            ("th", if cell.columns > 1 { " scope=\"colgroup\"" } else { " scope=\"col\"" })
        } else {
            let align = table.columns.get(column).map_or(Align::Left, |column| column.align);
            let class = match align {
                Align::Left => "",
                Align::Centre => " class=\"centre\"",
                Align::Right => " class=\"number\"",
            };
            ("td", class)
        };
        self.raw(&format!("<{tag}{attributes}{columns}{rows}>"));
        self.inlines(&cell.text);
        self.raw(&format!("</{tag}>"));
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let text = escaped(inline.text());
            let markup = match inline {
                Inline::Text(_) => text,
                Inline::Italic(_) => format!("<i>{text}</i>"),
                Inline::Bound { tie, .. } => match tie.role {
                    Role::Words => format!("<span class=\"word\">{text}</span>"),
                    Role::Figure => match (self.link)(tie) {
                        Some(address) => format!("<a class=\"figure\" href=\"{}\">{text}</a>", escaped(&address)),
                        None => format!("<span class=\"figure\">{text}</span>"),
                    },
                },
            };
            self.raw(&markup);
        }
    }
}

fn list_tag(marker: Marker) -> &'static str {
    match marker {
        Marker::Dash => "ul",
        Marker::Letter | Marker::Arabic | Marker::Article => "ol",
    }
}

/// Printable text with the five characters of markup escaped; safe in text and in quoted attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
