package dev.crease.bench.report;

import dev.crease.bench.Outcome;
import dev.crease.bench.Score;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The tables of a page. */
final class Tables {

  private final Campaign campaign;
  private final Looks looks;
  private final Html html;
  private final SortedMap<String, List<Run>> families;
  private final double limit;

  Tables(Campaign campaign, Looks looks, Html html) {
    this.campaign = campaign;
    this.looks = looks;
    this.html = html;
    this.families = campaign.byFamily();
    this.limit = campaign.header().timeLimit();
  }

  /** A table in a box of its own that scrolls where the page is narrow. */
  private void open(String caption, String kind, List<String> columns) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption)
        .open("table", "class", kind)
        .element("caption", caption)
        .open("thead")
        .open("tr");
    columns.forEach(column -> html.element("th", column, "scope", "col"));
    html.close().closeLine().open("tbody");
  }

  private void close() {
    html.closeLine().closeLine().closeLine();
  }

  /** Scores of backends over families. */
  void backends() {
    open("Results by backend and family", "scores", scoreColumns("Backend"));
    campaign
        .byBackend()
        .forEach(
            (backend, runs) -> {
              html.open("tr").open("th", "scope", "row");
              Chart.swatch(html, looks.look(backend), true);
              html.text(backend).close();
              scores(runs);
              html.closeLine();
            });
    close();
  }

  /** Scores of configurations over families. */
  void configurations() {
    open("Results by configuration and family", "scores", scoreColumns("Configuration"));
    campaign
        .byConfiguration()
        .forEach(
            (configuration, runs) -> {
              html.open("tr").open("th", "scope", "row");
              Chart.swatch(html, looks.look(configuration), true);
              html.text(looks.name(configuration)).close();
              scores(runs);
              html.closeLine();
            });
    close();
  }

  private List<String> scoreColumns(String first) {
    List<String> columns = new ArrayList<>(List.of(first));
    columns.addAll(families.keySet());
    if (families.size() > 1) {
      columns.add("All families");
    }
    return columns;
  }

  private void scores(List<Run> runs) {
    SortedMap<String, List<Run>> own = Campaign.by(runs, Run::family);
    families.keySet().forEach(family -> score(own.getOrDefault(family, List.of())));
    if (families.size() > 1) {
      score(runs);
    }
  }

  private void score(List<Run> runs) {
    Score score = Score.of(runs, limit);
    html.open("td");
    if (score.total() > 0) {
      html.open("span", "class", "solved")
          .element("b", score.solved() + "/" + score.total())
          .text(" solved")
          .close();
      html.open("span", "class", "bar", "aria-hidden", "true")
          .element("i", "", "style", "width:" + 100 * score.solved() / score.total() + "%")
          .close();
      html.element("span", "median " + Numbers.seconds(score.median()), "class", "line")
          .element("span", "PAR-2 " + Numbers.seconds(score.par2()), "class", "line");
    } else if (runs.isEmpty()) {
      html.element("span", "not run", "class", "line quiet");
    }
    for (Outcome outcome : Outcome.values()) {
      int count = score.count(outcome);
      if (count > 0 && outcome != Outcome.SOLVED) {
        html.element(
            "span",
            count + " " + outcome.words(),
            "class",
            outcome == Outcome.WRONG ? "line wrong" : "line quiet");
      }
    }
    html.close();
  }

  /** Ratios to the strategy paper; false, and nothing, if there are none. */
  boolean speedups() {
    List<Run> all = campaign.runs();
    List<Configuration> rows =
        campaign.byConfiguration().entrySet().stream()
            .filter(entry -> !entry.getKey().isPaper())
            .filter(entry -> Speedup.of(entry.getValue(), all, limit).pairs() > 0)
            .map(entry -> entry.getKey())
            .toList();
    if (rows.isEmpty()) {
      return false;
    }
    List<String> columns = new ArrayList<>(List.of("Configuration", "Times as fast"));
    columns.addAll(List.of("Instances", "Paper timed out", "This one timed out", "Not comparable"));
    if (families.size() > 1) {
      columns.addAll(families.keySet());
    }
    open("Speed against the strategy paper", "numbers", columns);
    for (Configuration configuration : rows) {
      List<Run> runs = campaign.byConfiguration().get(configuration);
      Speedup total = Speedup.of(runs, all, limit);
      html.open("tr").open("th", "scope", "row");
      Chart.swatch(html, looks.look(configuration), true);
      html.text(looks.name(configuration)).close().open("td");
      html.element("b", ratio(total)).close();
      number(total.compared());
      number(total.paperTimedOut());
      number(total.timedOut());
      number(total.leftOut());
      if (families.size() > 1) {
        SortedMap<String, List<Run>> own = Campaign.by(runs, Run::family);
        for (String family : families.keySet()) {
          Speedup part = Speedup.of(own.getOrDefault(family, List.of()), all, limit);
          html.open("td").text(ratio(part));
          if (part.compared() > 0) {
            html.element("span", " (" + part.compared() + ")", "class", "quiet");
          }
          html.close();
        }
      }
      html.closeLine();
    }
    close();
    return true;
  }

  private static String ratio(Speedup speedup) {
    return speedup.mean().isEmpty()
        ? Numbers.NONE
        : speedup.kind().sign() + Numbers.brief(speedup.mean()) + "\u00a0\u00d7";
  }

  /** The wrong answers. */
  void wrong(List<Run> wrong) {
    open(
        "Wrong answers",
        "numbers wrongs",
        List.of(
            "Instance",
            "Configuration",
            "Certified",
            "Refuted",
            "Truth",
            "Source of truth",
            "Message"));
    for (Run run : wrong) {
      html.open("tr").element("th", run.instance(), "scope", "row");
      word(looks.name(run.configuration()));
      cell(Numbers.exact(run.certified()));
      cell(Numbers.exact(run.refuted()));
      cell(Numbers.exact(run.truth()));
      word(run.truthSource());
      word(run.message());
      html.closeLine();
    }
    close();
  }

  /** Answers that exclude each other. */
  void disagreements(List<Disagreement> disagreements) {
    open(
        "Answers that exclude each other",
        "numbers wrongs",
        List.of("Instance", "Certifies", "Certified", "Refutes", "Refuted"));
    for (Disagreement pair : disagreements) {
      html.open("tr").element("th", pair.certifies().instance(), "scope", "row");
      word(looks.name(pair.certifies().configuration()));
      cell(Numbers.exact(pair.certifies().certified()));
      word(looks.name(pair.refutes().configuration()));
      cell(Numbers.exact(pair.refutes().refuted()));
      html.closeLine();
    }
    close();
  }

  /** All the runs, with what the script needs to sort them. */
  void runs() {
    open(
        "All runs",
        "numbers sortable",
        List.of(
            "Instance",
            "Configuration",
            "Outcome",
            "Seconds",
            "Certified",
            "Refuted",
            "Truth",
            "Inputs",
            "Neurons",
            "Nodes",
            "Models",
            "Message"));
    for (Run run : campaign.runs()) {
      html.open("tr").element("th", run.instance(), "scope", "row");
      word(looks.name(run.configuration()));
      html.element(
          "td",
          run.outcome().words(),
          "class",
          "word " + (run.outcome() == Outcome.WRONG ? "wrong" : ""));
      cell(Numbers.brief(run.seconds()));
      cell(Numbers.radius(run.certified(), RoundingMode.FLOOR));
      cell(Numbers.radius(run.refuted(), RoundingMode.CEILING));
      cell(Numbers.radius(run.truth(), RoundingMode.HALF_EVEN));
      cell(Numbers.whole(run.inputs()));
      cell(Numbers.whole(run.neurons()));
      cell(Numbers.whole(run.nodes()));
      cell(Numbers.whole(run.models()));
      word(run.message());
      html.closeLine();
    }
    close();
  }

  private void number(long value) {
    cell(Long.toString(value));
  }

  private void cell(String text) {
    html.element("td", text);
  }

  private void word(String text) {
    html.element("td", text, "class", "word");
  }
}
