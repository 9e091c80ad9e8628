package dev.crease.campaign.report;

import dev.crease.campaign.Configuration;
import dev.crease.campaign.Family;
import dev.crease.campaign.Header;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Rounds;
import dev.crease.campaign.Run;
import dev.crease.campaign.Score;
import dev.crease.campaign.SpikeScore;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of a page. */
final class Tables {

  private final Results campaign;
  private final Looks looks;
  private final Html html;
  private final SortedMap<String, List<Run>> families;
  private final double limit;

  Tables(Results campaign, Looks looks, Html html) {
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
    SortedMap<String, List<Run>> own = Results.by(runs, Run::family);
    families.keySet().forEach(family -> score(own.getOrDefault(family, List.of())));
    if (families.size() > 1) {
      score(runs);
    }
  }

  private void score(List<Run> runs) {
    Rounds rounds = Rounds.of(runs, limit);
    Score score = rounds.all();
    html.open("td");
    if (score.total() > 0) {
      html.open("span", "class", "solved")
          .element("b", score.solved() + "/" + score.total())
          .text(" solved")
          .close();
      html.element(
          "span",
          score.count(Outcome.SOLVED) + " by proof, " + score.count(Outcome.CLAIMED) + " by claim",
          "class",
          "line");
      rounds
          .solved()
          .filter(Rounds.Interval::isSpread)
          .ifPresent(
              solved ->
                  html.element(
                      "span",
                      Numbers.brief(solved.least())
                          + " to "
                          + Numbers.brief(solved.most())
                          + " in each of "
                          + Numbers.of(solved.rounds(), "round"),
                      "class",
                      "line"));
      html.open("span", "class", "bar", "aria-hidden", "true")
          .element("i", "", "style", "width:" + 100 * score.solved() / score.total() + "%")
          .close();
      html.element("span", "median " + Numbers.seconds(rounds.median()), "class", "line")
          .element("span", "PAR-2 " + Numbers.seconds(rounds.par2()), "class", "line");
    } else if (runs.isEmpty()) {
      html.element("span", "not run", "class", "line quiet");
    }
    for (Outcome outcome : Outcome.values()) {
      int count = score.count(outcome);
      if (count > 0 && !outcome.isSolved()) {
        String median =
            outcome == Outcome.WITHOUT_SOLVER
                ? ", median " + Numbers.seconds(rounds.medianWithoutSolver())
                : "";
        html.element(
            "span",
            count + " " + outcome.words() + median,
            "class",
            outcome == Outcome.WRONG ? "line wrong" : "line quiet");
      }
    }
    html.close();
  }

  /** How far solvers can be believed on steep networks. */
  void spikes() {
    SortedMap<Way, List<Run>> ways =
        Results.by(
            campaign.runs().stream()
                .filter(run -> run.family().equals(Family.SPIKES.label()))
                .toList(),
            Way::of);
    open(
        "Spikes by backend, strategy and encoding",
        "numbers sortable",
        List.of(
            "Backend",
            "Strategy",
            "Encoding",
            "Asked",
            "Wrong",
            "Claimed",
            "Proved",
            "Refused or at a limit",
            "Timed out or failed",
            "Steepest believed",
            "Least slope of a wrong one"));
    ways.forEach(
        (way, runs) -> {
          SpikeScore score = SpikeScore.of(runs);
          html.open("tr").element("th", way.backend(), "scope", "row");
          word(way.strategy());
          word(way.encoding());
          number(score.asked());
          html.element(
              "td", Integer.toString(score.wrong()), "class", score.wrong() > 0 ? "wrong" : "");
          number(score.claimed());
          number(score.proved());
          number(score.notTaken());
          number(score.unfinished());
          cell(Numbers.brief(score.steepest()));
          cell(Numbers.brief(score.leastWrong()));
          html.closeLine();
        });
    close();
  }

  private record Way(String backend, String strategy, String encoding) implements Comparable<Way> {
    static Way of(Run run) {
      Configuration configuration = run.configuration();
      return new Way(configuration.backend(), configuration.strategy(), configuration.encoding());
    }

    @Override
    public int compareTo(Way other) {
      return Comparator.comparing(Way::backend)
          .thenComparing(Way::strategy)
          .thenComparing(Way::encoding)
          .compare(this, other);
    }
  }

  /** What JMH measured, benchmark by benchmark. */
  static void jmh(Html html, List<JmhResult> results) {
    Tables tables =
        new Tables(new Results(Header.none(), List.of()), new Looks(new TreeSet<>()), html);
    Results.by(results, JmhResult::benchmark).forEach(tables::jmh);
  }

  private void jmh(String benchmark, List<JmhResult> results) {
    List<String> names =
        results.stream().flatMap(r -> r.parameters().keySet().stream()).distinct().toList();
    List<String> columns = new ArrayList<>(names);
    columns.addAll(List.of("Median", "Least", "Most", "Unit", "Measured", "Outcomes"));
    open(benchmark, "numbers sortable", columns);
    for (JmhResult result : results) {
      html.open("tr");
      names.forEach(name -> word(result.parameters().getOrDefault(name, "")));
      cell(Numbers.brief(result.median()));
      cell(Numbers.brief(result.least()));
      cell(Numbers.brief(result.most()));
      word(result.unit());
      number(result.measured());
      html.element(
          "td",
          result.outcomes().entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey().words())
              .collect(Collectors.joining(", ")),
          "class",
          result.outcomes().containsKey(Outcome.WRONG) ? "word wrong" : "word");
      html.closeLine();
    }
    close();
  }

  /** Ratios to the strategy paper; false, and nothing, if there are none. */
  boolean speedups() {
    List<Run> all = Results.typical(campaign.runs());
    List<Configuration> rows =
        campaign.byConfiguration().entrySet().stream()
            .filter(entry -> !entry.getKey().isPaper())
            .filter(entry -> Speedup.of(Results.typical(entry.getValue()), all, limit).pairs() > 0)
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
      List<Run> runs = Results.typical(campaign.byConfiguration().get(configuration));
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
        SortedMap<String, List<Run>> own = Results.by(runs, Run::family);
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

  /** Answers that are not the truth. */
  void untrue(String caption, List<Run> wrong) {
    open(
        caption,
        "numbers wrongs",
        List.of(
            "Instance",
            "Configuration",
            "Certified",
            "Claimed",
            "Refuted",
            "Truth",
            "Above it",
            "Source of truth",
            "Message"));
    for (Run run : wrong) {
      html.open("tr").element("th", run.instance(), "scope", "row");
      word(looks.name(run.configuration()));
      cell(Numbers.exact(run.certified()));
      cell(Numbers.exact(run.claimed()));
      cell(Numbers.exact(run.refuted()));
      cell(Numbers.exact(run.truth()));
      cell(Numbers.percent(run.excess()));
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
        List.of("Instance", "Says", "Certified", "Claimed", "Refutes", "Refuted"));
    for (Disagreement pair : disagreements) {
      html.open("tr").element("th", pair.certifies().instance(), "scope", "row");
      word(looks.name(pair.certifies().configuration()));
      cell(Numbers.exact(pair.certifies().certified()));
      cell(Numbers.exact(pair.certifies().claimed()));
      word(looks.name(pair.refutes().configuration()));
      cell(Numbers.exact(pair.refutes().refuted()));
      html.closeLine();
    }
    close();
  }

  /** All the runs, with what the script needs to sort them. */
  void runs() {
    boolean hasRounds = campaign.hasRounds();
    List<String> columns = new ArrayList<>(List.of("Instance", "Configuration"));
    if (hasRounds) {
      columns.addAll(List.of("Seed", "Repeat"));
    }
    columns.addAll(
        List.of(
            "Outcome",
            "Seconds",
            "Certified",
            "Claimed",
            "Refuted",
            "Truth",
            "Above it",
            "Rests on",
            "Inputs",
            "Neurons",
            "Nodes",
            "Models",
            "Message"));
    open("All runs", "numbers sortable", columns);
    for (Run run : campaign.runs()) {
      html.open("tr").element("th", run.instance(), "scope", "row");
      word(looks.name(run.configuration()));
      if (hasRounds) {
        cell(Numbers.whole(run.seed()));
        cell(Numbers.whole(run.repeat()));
      }
      html.element(
          "td",
          run.outcome().words(),
          "class",
          "word " + (run.outcome() == Outcome.WRONG ? "wrong" : ""));
      cell(Numbers.brief(run.seconds()));
      cell(Numbers.radius(run.certified(), RoundingMode.FLOOR));
      cell(Numbers.radius(run.claimed(), RoundingMode.FLOOR));
      cell(Numbers.radius(run.refuted(), RoundingMode.CEILING));
      cell(Numbers.radius(run.truth(), RoundingMode.HALF_EVEN));
      cell(Numbers.percent(run.excess()));
      word(run.assurance().toLowerCase(Locale.ROOT));
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
