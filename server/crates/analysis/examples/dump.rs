use gouji_analysis::*;
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let doc = Document::new(&text);
        let checked = check(&doc, &Config::default(), &|| false).unwrap();
        println!("=== {path}");
        let starts = doc.starts();
        for report in &checked.reports {
            println!(
                "  title {:?}",
                report.title.as_ref().map(|t| (&t.text, t.year.map(|y| y.0), &t.agency))
            );
            for s in &report.sections {
                println!(
                    "  section {} {:?} {} {}",
                    s.section, s.wording, s.number_is_right, s.text
                );
            }
            for t in &report.tables {
                println!(
                    "  table {} {:?} rows {} headers {} odd {:?}",
                    t.schema.id,
                    t.dialect,
                    t.rows.len(),
                    t.headers.len(),
                    t.oddities.len()
                );
                if std::env::var("V").is_ok() {
                    for r in &t.rows {
                        let v: Vec<String> = r
                            .values
                            .iter()
                            .map(|c| {
                                c.as_ref().map_or("·".into(), |c| match &c.value {
                                    report::Value::Number(n) => n.value.to_string(),
                                    report::Value::Blank => "_".into(),
                                    report::Value::Text(t) => format!("T{t}"),
                                })
                            })
                            .collect();
                        println!("    {} {:?}", names::row(t.schema, r.part, r.row), v.join(" "));
                    }
                }
            }
        }
        for f in &checked.findings {
            let r = f.place.resolve(&starts);
            let line = doc.text().byte_to_line(r.start) + 1;
            println!(
                "  {line}: {:?} {} {} | {:?} | {}",
                f.severity,
                f.code,
                f.message.text(Lang::Zh),
                text[r.clone()].chars().take(20).collect::<String>(),
                f.fixes.iter().map(|it| it.title.text(Lang::Zh)).collect::<Vec<_>>().join(" ; ")
            );
        }
    }
}
