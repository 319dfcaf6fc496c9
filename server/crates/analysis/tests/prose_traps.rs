//! Sentences of real reports that look wrong and are not, or cannot be shown to be: no rule on
//! numbers, dates or usage says a word at error or warning level. One group for each kind.

mod support;

use gouji_analysis::{Config, Document, Severity, check};
use support::{Dialect, Sample};

/// What the rules on sentences say of a report with a sentence in its overview.
fn said(sentence: &str) -> Vec<String> {
    let text = Sample::new("2021").text(Dialect::Gfm);
    let heading = "一、总体情况";
    let at = text.find(heading).expect("a heading") + heading.len();
    let text = format!("{}\n\n{sentence}\n{}", &text[..at], &text[at..]);
    let config =
        Config { select: ["N", "D", "W", "S111"].map(str::to_owned).to_vec(), ..Config::default() };
    let checked = check(&Document::new(&text), &config, None, &|| false).expect("nobody cancels");
    let worse = checked.findings().into_iter().filter(|it| it.severity >= Severity::Warning);
    worse.map(|it| format!("{} {}", it.code, it.message.text(gouji_analysis::Lang::Zh))).collect()
}

#[track_caller]
fn silent(sentences: &[&str]) {
    for sentence in sentences {
        assert_eq!(said(sentence), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn a_sentence_with_an_error_is_not_silent() {
    assert_eq!(said("公开信息30条，其中：机构类12条、政策类8条、其他类9条。").len(), 1);
    assert_eq!(said("截至2023年2月30日，公开信息3条。").len(), 1);
}

#[test]
fn lists_that_are_no_sums() {
    silent(&[
        // Channels publish the same things.
        "公开信息73条，其中网站公开73条，微信公众号公开73条，公开栏公开73条。",
        "公开信息306条，其中门户网站216条，微信公众号22条，其他方式299条。",
        // Open lists.
        "公开信息424条，具体包括：政策类42条，动态类212条。",
        "公开信息50条，主要有机构类20条、政策类10条、人事类5条。",
        "公开信息50条，其中机构类20条、政策类10条、人事类5条等。",
        // An item without a number; a number that is none of them.
        "公开信息50条，其中机构类20条、政策类若干、人事类5条、其他10条。",
        "公开信息9条，其中全文电子化达9条。在公开的信息中，机构类1条；财政类2条；其他类6条。",
        // A bracket that only restates.
        "公开机构类信息12条，其中甲类4条、乙类6条、丙类2条（中英文各1条）。",
        // 含 names a part.
        "公开规章13件（含新制定5件）。",
        // A nested list that holds on both levels.
        "公开信息50条，其中机构类20条，内有领导成员10条、机构职能4条、机构概况1条、下属机构5条，政策类18条，其他类12条。",
        // Rounded amounts.
        "上缴9472.93万元，其中利息1.84万元、登记费212.45万元、开垦费9013.44万元、其他245.21万元。",
    ]);
}

#[test]
fn percentages_whose_whole_is_elsewhere() {
    silent(&[
        "关注人数已超12万，占全区常住人口的60%。",
        "制发公文707件，主动公开673件，平均主动公开率为95.19%。",
        "收到件数与答复件数均为5件，答复率100%，按时办结率100%。",
        // Cut off, and moved to reach a hundred: hints.
        "公开信息34条，其中甲类14条，占比41.17%；乙类11条，占比32.35%；丙类9条，占比26.47%。",
        "公开信息12条，其中甲类1条，占8%；乙类5条，占41%；丙类2条，占17%；丁类2条，占17%；戊类2条，占17%。",
    ]);
}

#[test]
fn growth_that_only_last_years_report_can_judge() {
    silent(&[
        "公开信息3646条，同比增长1.05%。",
        "公开信息859条，较去年回落12.3%。",
        "解读次数较上年翻两番，同比增加3倍。",
        "投诉量同比下降3个百分点。",
    ]);
}

#[test]
fn numbers_of_another_scope() {
    silent(&[
        "通过网络收到政府信息公开申请8件，予以公开8件。",
        "全市各级机关共收到政府信息公开申请800件，办结790件，结转下年度办理10件。",
        "备案政府信息公开领域行政复议案件134件，行政诉讼案件57件。",
        "承办行政复议案件134件，行政诉讼案件57件。",
        "行政执法中均无被申请行政复议和提起行政诉讼的情况。",
        "公开行政许可类信息1条，规范性文件类信息8条。",
        "提请市政府出台行政规范性文件2件。",
        "上半年收到政府信息公开申请77件，答复70件。",
        "制发公文707件，予以公开673件，不予公开24件。",
        "收到建议提案77件，办结77件。",
    ]);
}

#[test]
fn years_and_days_that_may_stand_there() {
    silent(&[
        "下一步，2025年将进一步加强信息公开。",
        "较2023年增加3条，上年度为8条。",
        "按照《2023年政务公开工作要点》和国办公开办函〔2021〕30号要求，公开信息3条。",
        "数据统计期限202411日至20241231日。",
        "自20231月1日起至202312月31日止。",
        "二〇二四年，公开信息3条。",
        "截至12月31止，公开信息3条。",
        "受理截止时间为2024年12月31日。",
    ]);
}

#[test]
fn spellings_of_numbers() {
    silent(&[
        "公开信息１２条，其中甲类４条、乙类５条、其他３条。",
        "公开信息1,234条，其中甲类1,000条、乙类200条、其他34条。",
        "公开信息1 234条，其中甲类1 000条、乙类200条、其他34条。",
        "公开信息三十五条，其中甲类两条、乙类三十条、其他三条。",
        "公开信息14万余条，其中甲类3条、乙类5条、其他6条。",
        "公开信息近100条，其中甲类30条、乙类50条、其他16条。",
        "收到1（一）件申请，受理“0”件。",
    ]);
}

#[test]
fn fees_that_are_in_order() {
    silent(&[
        "本年度未收取信息处理费。",
        "实际收取信息处理费共计400元。",
        "有3件申请收取信息处理费2230元。其中，甲局1件，收取880元；乙局1件，收取1080元；丙局1件，收取270元。",
        "减免信息处理费35元。",
    ]);
}
