//! Documents for benches: reports of about 140 lines, and compendiums of many. The same
//! bytes in every run.

use std::fmt::Write;

use clap::ValueEnum;
use gouji_analysis::render;
use gouji_analysis::schema::{SCHEMAS, Schema};
use gouji_syntax::table::Dialect;

use super::numbers::Numbers;
use super::random::Random;

/// One report in so many has a broken sum, like [`BROKEN`].
const ONE_IN: u64 = 50;

/// The first broken report: not the first of all, so that one report alone is right.
const BROKEN: u64 = 3;

const PLACES: [&str; 8] =
    ["青禾市", "云溪县", "临江区", "白石市", "东岭县", "河湾区", "松原区", "明湖市"];

const OFFICES: [&str; 8] = [
    "水务局",
    "教育局",
    "自然资源局",
    "交通运输局",
    "卫生健康局",
    "财政局",
    "市场监督管理局",
    "农业农村局",
];

/// How long a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Size {
    /// One report, as people write them.
    Real,
    /// About 1 000 lines.
    #[value(name = "1k")]
    Thousand,
    /// About 10 000 lines.
    #[value(name = "10k")]
    TenThousand,
    /// About 100 000 lines.
    #[value(name = "100k")]
    HundredThousand,
}

impl Size {
    pub(crate) const ALL: [Self; 4] =
        [Self::Real, Self::Thousand, Self::TenThousand, Self::HundredThousand];

    /// Those that one run of everything may take.
    pub(crate) const SMALL: [Self; 2] = [Self::Real, Self::Thousand];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Thousand => "1k",
            Self::TenThousand => "10k",
            Self::HundredThousand => "100k",
        }
    }

    fn reports(self) -> u64 {
        match self {
            Self::Real => 1,
            Self::Thousand => 7,
            Self::TenThousand => 70,
            Self::HundredThousand => 704,
        }
    }

    /// A document of this size.
    pub(crate) fn document(self) -> String {
        (0..self.reports()).map(report).collect::<Vec<_>>().join("\n")
    }
}

/// The report number `index`, with GFM tables.
pub(crate) fn report(index: u64) -> String {
    let mut random = Random::new(index);
    let agency = format!("{}{}", random.pick(&PLACES), random.pick(&OFFICES));
    let year = 2021 + random.below(5);
    let mut numbers = Numbers::new(&mut random);
    if index % ONE_IN == BROKEN {
        numbers.spoil();
    }
    let mut writer = Writer { text: String::new(), agency, year, numbers };
    writer.write(SCHEMAS.last().expect("the newest form"));
    writer.text
}

/// Writes one report.
struct Writer {
    text: String,
    agency: String,
    year: u64,
    numbers: Numbers,
}

impl Writer {
    fn write(&mut self, schema: &Schema) {
        let (agency, year) = (self.agency.clone(), self.year);
        self.paragraph(&format!("# {agency}{year}年政府信息公开工作年度报告"));
        self.paragraph(&format!(
            "本报告根据《中华人民共和国政府信息公开条例》编制。本报告所列数据的统计期限自{year}年1月1日起至\
             {year}年12月31日止。如有疑问，请与{agency}办公室联系（电话：0000-1234567）。"
        ));
        for section in &schema.sections {
            self.paragraph(&format!("## {}、{}", section.number, section.title));
            match &*section.key {
                "overview" => self.overview(),
                "litigation" => self.litigation(),
                "problems" => self.problems(),
                "other" => self.other(),
                _ => (),
            }
            for table in schema.tables.iter().filter(|it| it.section == section.key) {
                self.table(table);
            }
        }
        self.paragraph(&agency);
        _ = writeln!(self.text, "{}年1月{}日", year + 1, 10 + year % 7);
    }

    fn paragraph(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    fn table(&mut self, table: &gouji_analysis::schema::Table) {
        let numbers = &self.numbers;
        let value = |part, row, column| Some(numbers.cell(table, part, row, column));
        for line in render::table(table, Dialect::Gfm, &value).lines() {
            tight(&mut self.text, line);
        }
        self.text.push('\n');
    }

    fn overview(&mut self) {
        self.paragraph(&format!(
            "{}年，{}认真落实政府信息公开各项要求，工作有序推进。",
            self.year, self.agency
        ));
        self.paragraph("### （一）主动公开");
        self.published();
        let [made, repealed, in_force] = self.numbers.normative;
        let Numbers { license, penalty, coercion, explained: [pictures, videos], .. } =
            self.numbers;
        self.paragraph(&format!(
            "全年制发行政规范性文件{made}件，废止{repealed}件，现行有效{in_force}件。"
        ));
        self.paragraph(&format!(
            "作出行政许可决定{license}件、行政处罚决定{penalty}件、行政强制决定{coercion}件。"
        ));
        self.paragraph(&format!(
            "发布政策解读{}篇，其中图文解读{pictures}篇、视频解读{videos}篇。",
            pictures + videos
        ));
        self.paragraph("### （二）依申请公开");
        let [received, carried_in, done, carried_out] = self.numbers.totals();
        self.paragraph(&format!("全年新收政府信息公开申请{received}件，上年结转{carried_in}件。"));
        self.paragraph(&format!(
            "全部申请均在法定期限内处理，年内办结{done}件，结转下年度继续办理{carried_out}件。"
        ));
        for (title, sentences) in OVERVIEW {
            self.paragraph(title);
            for it in sentences {
                self.paragraph(it);
            }
        }
    }

    fn published(&mut self) {
        let [a, b, c, d] = self.numbers.published;
        let total = a + b + c + d;
        let share = |part: u64| {
            let hundredths = (part * 20_000 + total) / (2 * total);
            format!("{part}条，占比{}.{:02}%", hundredths / 100, hundredths % 100)
        };
        let text = format!(
            "全年主动公开政府信息{total}条，其中：机构职能类信息{}；规划计划类信息{}；\
             财政预决算类信息{}；行政执法类信息{}。",
            share(a),
            share(b),
            share(c),
            share(d)
        );
        self.paragraph(&text);
    }

    fn litigation(&mut self) {
        let [reviews, suits] = self.numbers.cases();
        self.paragraph(&format!(
            "因政府信息公开工作被申请行政复议{reviews}件，被提起行政诉讼{suits}件。"
        ));
    }

    fn other(&mut self) {
        self.paragraph("本年度未发出收费通知，未收取信息处理费。");
        self.paragraph("没有其他需要报告的事项。");
    }

    fn problems(&mut self) {
        for it in PROBLEMS {
            self.paragraph(it);
        }
    }
}

/// A table's line without the padding that aligns its columns: most reports have none.
fn tight(text: &mut String, line: &str) {
    for cell in line.trim_matches('|').split('|') {
        let cell = cell.trim();
        let cell = if cell.starts_with("---") { "---" } else { cell };
        text.extend(["| ", cell, if cell.is_empty() { "" } else { " " }]);
    }
    text.push_str("|\n");
}

const OVERVIEW: [(&str, &[&str]); 3] = [
    (
        "### （三）政府信息管理",
        &[
            "公文起草时同步确定公开属性，发布前逐条进行内容和保密审查，做到应公开尽公开。",
            "完善保密审查流程，经办人初审、科室复核、分管领导审定，每一步都留有记录。",
            "定期清理已发布的信息，对过时、失效的内容及时标注，在网站集中展示现行有效的文件。",
        ],
    ),
    (
        "### （四）政府信息公开平台建设",
        &[
            "改版门户网站专栏，把办事指南、通知公告和政策解读放在首屏，方便群众查找。",
            "专人维护政务新媒体，保证内容准确、链接可用，及时回应留言和咨询。",
            "优化网站检索功能，支持按文号、主题和发布日期查询，检索结果可以下载。",
            "在政务服务大厅设置查阅点，配备电脑和打印设备，为老年人提供帮助。",
        ],
    ),
    (
        "### （五）监督保障",
        &[
            "主要负责人定期听取工作汇报，明确分管领导和责任科室，把公开工作纳入年度考核。",
            "组织业务培训，结合典型案例讲解答复文书的写法，提高经办人员的业务能力。",
            "开展自查自评，对照考核指标逐项查找差距，建立问题台账，明确整改时限。",
            "主动接受社会监督，公布投诉电话，对群众反映的问题逐一核实、限时办结。",
        ],
    ),
];

const PROBLEMS: [&str; 9] = [
    "过去一年的工作取得了一些进展，但与群众的期待相比还有差距。",
    "一是部分信息公开偏晚，业务科室归集资料不及时，影响了发布的时效。",
    "二是答复文书说理不够充分，个别申请人对答复内容不理解。",
    "三是政策解读形式较为单一，群众关注的问题讲得不够透彻。",
    "四是基层人员变动较快，对政策的掌握不够全面，业务能力有待提高。",
    "针对上述问题，已建立公开事项清单，明确各环节的时限和责任科室。",
    "编印答复文书范例，要求不予公开的答复逐项写明依据和理由。",
    "加强对新任人员的培训，定期到基层单位指导，帮助解决工作中的难题。",
    "下一步将丰富解读形式，加强与群众的互动，不断提高公开工作的质量。",
];
