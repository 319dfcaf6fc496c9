//! The cells that are probably wrong where sums are broken.

mod support;

use gouji_analysis::Lang;
use support::{Dialect, Sample, findings};

fn dump(what: &str, spoil: impl Fn(&mut Sample)) {
    let mut sample = Sample::new("2021");
    spoil(&mut sample);
    let text = sample.text(Dialect::Gfm);
    println!("==== {what}");
    for f in findings(&text) {
        println!("{} {:?} {}", f.code, f.severity, f.message.text(Lang::Zh));
        println!("      {}", f.message.text(Lang::En));
        for r in &f.related {
            println!("    · {}", r.message.text(Lang::Zh));
        }
        for r in &f.fixes {
            println!("    → {}{}", if r.preferred { "* " } else { "" }, r.title.text(Lang::Zh));
        }
    }
}

#[test]
fn dumps() {
    dump("cell", |it| {
        it.set("requests", "granted", "natural", "7");
    });
    dump("total", |it| {
        it.set("requests", "received", "total", "16");
    });
    dump("swap", |it| {
        it.set("requests", "granted", "natural", "1").set("requests", "granted", "business", "5");
    });
    dump("vswap", |it| {
        it.set("requests", "granted", "natural", "0").set("requests", "partial", "natural", "5");
    });
    dump("shift", |it| {
        it.set("requests", "received", "natural", "0")
            .set("requests", "received", "business", "12")
            .set("requests", "received", "research", "3");
    });
    dump("propagated", |it| {
        it.set("requests", "granted", "natural", "8").set("requests", "granted", "total", "9");
    });
    dump("propagated all", |it| {
        it.set("requests", "granted", "natural", "8")
            .set("requests", "granted", "total", "9")
            .set("requests", "done", "natural", "15")
            .set("requests", "done", "total", "18");
    });
    dump("balance", |it| {
        it.set("requests", "carried_out", "natural", "1").set(
            "requests",
            "carried_out",
            "total",
            "1",
        );
    });
    dump("two", |it| {
        it.set("requests", "granted", "natural", "7").set(
            "requests",
            "unavailable.not_held",
            "business",
            "4",
        );
    });
    dump("litigation", |it| {
        it.set("litigation", "", "review.total", "4");
    });
    dump("litigation 13", |it| {
        it.set("litigation", "", "review.total", "13");
    });
    dump("rows", |it| {
        for (a, b, c) in [("natural", "3", "5"), ("business", "2", "1"), ("total", "5", "6")] {
            it.set("requests", "granted", a, b);
            it.set("requests", "unavailable.not_held", a, c);
        }
    });
    dump("rows received/done", |it| {
        for c in ["natural", "business", "total"] {
            it.set("requests", "received", c, "0");
        }
        for (c, v) in [("natural", "12"), ("business", "3"), ("total", "15")] {
            it.set("requests", "carried_in", c, v);
            it.set("requests", "received", c, if c == "business" { "0" } else { "2" });
        }
    });
    dump("rows carried_in/carried_out mixed", |it| {
        for (c, v) in [("natural", "12"), ("business", "3"), ("total", "15")] {
            it.set("requests", "carried_out", c, v);
            it.set("requests", "done", c, if c == "business" { "0" } else { "2" });
        }
    });
    dump("columns", |it| {
        for (row, natural, total) in [
            ("received", "15", "12"),
            ("carried_in", "2", "2"),
            ("granted", "6", "5"),
            ("denied.internal_affairs", "4", "4"),
            ("unavailable.not_held", "5", "3"),
            ("done", "15", "12"),
            ("carried_out", "2", "2"),
        ] {
            it.set("requests", row, "natural", natural).set("requests", row, "total", total);
        }
    });
    dump("blank", |it| {
        it.set("requests", "granted", "natural", "")
            .set("requests", "carried_in", "total", "7")
            .set("requests", "granted", "business", "2");
    });
}
