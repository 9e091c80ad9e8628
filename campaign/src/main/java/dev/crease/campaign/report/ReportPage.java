package dev.crease.campaign.report;

import dev.crease.campaign.Family;
import dev.crease.campaign.Header;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The report of a campaign: one HTML page with its tables and charts. It fetches nothing, can be
 * read without JavaScript, and is light or dark as the reader's system is.
 */
public final class ReportPage {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

  private final Results campaign;
  private final boolean hasCampaign;
  private final List<JmhResult> jmh;
  private final Header header;
  private final Looks looks;
  private final Html html = new Html();
  private final Tables tables;

  private ReportPage(Optional<Results> campaign, List<JmhResult> jmh) {
    this.campaign = campaign.orElseGet(() -> new Results(Header.none(), List.of()));
    this.hasCampaign = campaign.isPresent();
    this.jmh = jmh;
    this.header = this.campaign.header();
    this.looks = new Looks(new TreeSet<>(this.campaign.byConfiguration().keySet()));
    this.tables = new Tables(this.campaign, looks, html);
  }

  /**
   * Writes the page of a campaign.
   *
   * @param jsonLines the raw lines: a header, then a run each
   * @param out gets the page, to be encoded as UTF-8; not closed
   * @throws dev.crease.BadInput if a line is not one of a campaign; nothing has been written then
   * @throws IOException if writing fails
   */
  public static void write(List<String> jsonLines, Writer out) throws IOException {
    write(Optional.of(jsonLines), List.of(), out);
  }

  /**
   * Writes a page of a campaign, of what JMH measured, or of both.
   *
   * @param campaign the raw lines: a header, then a run each
   * @param jmh what JMH wrote with {@code -rf json}
   * @param out gets the page, to be encoded as UTF-8; not closed
   * @throws dev.crease.BadInput if one of them is not what it should be; nothing has been written
   *     then
   * @throws IOException if writing fails
   */
  public static void write(Optional<List<String>> campaign, List<String> jmh, Writer out)
      throws IOException {
    Optional<Results> read = campaign.map(lines -> new ResultsReader().read(lines));
    List<JmhResult> results =
        jmh.stream().flatMap(text -> new JmhReader().read(text).stream()).toList();
    out.write(new ReportPage(read, results).page());
  }

  private String page() {
    html.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
        .empty("link", "rel", "icon", "href", "data:,")
        .element("title", title());
    html.open("style").trusted(resource("report.css")).closeLine();
    html.closeLine().open("body").open("main");
    opening();
    if (hasCampaign) {
      campaign();
    }
    if (!jmh.isEmpty()) {
      jmh();
    }
    html.closeLine();
    html.open("script").trusted(resource("report.js")).closeLine();
    return html.closeLine().closeLine().toString();
  }

  private void campaign() {
    if (campaign.runs().isEmpty()) {
      html.element("p", "This campaign has no runs yet.", "class", "verdict");
      setting();
      return;
    }
    wrong();
    setting();
    results();
    spikes();
    speed();
    charts();
    runs();
  }

  private String title() {
    return "Crease benchmark" + (header.profile().isEmpty() ? "" : ": " + header.profile());
  }

  private void opening() {
    html.open("header").element("h1", title());
    String crease = header.crease().isEmpty() ? "" : "Crease " + header.crease();
    List<String> words = new ArrayList<>(List.of(header.date(), crease, header.machine().cpu()));
    words.removeIf(String::isEmpty);
    html.element("p", String.join(" \u00b7 ", words), "class", "lead");
    if (!hasCampaign) {
      html.closeLine();
      return;
    }
    html.open("ul", "class", "tiles");
    tile(campaign.runs().size() - campaign.count(Outcome.REFUSED), "runs", "");
    tile(campaign.runs().stream().map(Run::instance).distinct().count(), "instances", "");
    tile(campaign.byConfiguration().size(), "configurations", "");
    for (Outcome outcome : Outcome.values()) {
      long count = campaign.count(outcome);
      boolean always = outcome == Outcome.SOLVED || outcome == Outcome.WRONG;
      if (always || count > 0) {
        boolean alarm = outcome == Outcome.WRONG && count > 0;
        tile(count, outcome.words(), alarm ? "alarm" : "");
      }
    }
    html.closeLine().closeLine();
  }

  private void tile(long count, String words, String kind) {
    html.open("li", "class", kind)
        .element("b", Long.toString(count))
        .element("span", words)
        .closeLine();
  }

  private void wrong() {
    List<Run> wrong =
        campaign.runs().stream().filter(run -> run.outcome() == Outcome.WRONG).toList();
    List<Run> took =
        campaign.runs().stream().filter(run -> run.outcome() != Outcome.REFUSED).toList();
    section("Wrong answers");
    if (campaign.isJudgedAgain()) {
      note(
          "These lines are of an earlier format, and were judged again: what a solver says is claimed,"
              + " not certified, whatever says more than the truth is wrong, and what was to be"
              + " answered by a solver but took no integer program counts as decided without it.");
    }
    if (wrong.isEmpty()) {
      long known = took.stream().filter(run -> run.truth().isPresent()).count();
      html.open("p", "class", "verdict good")
          .text("No wrong answers in " + Numbers.of(took.size(), "run") + ". ")
          .text("The truth is known for " + known + " of them.")
          .closeLine();
    } else {
      html.open("p", "class", "verdict bad")
          .text(Numbers.of(wrong.size(), "wrong answer"))
          .text(" in " + Numbers.of(took.size(), "run") + ".")
          .closeLine();
      tables.untrue("Wrong answers", wrong);
    }
    disagreements();
    html.closeLine();
  }

  private void disagreements() {
    List<Disagreement> disagreements = Disagreement.among(campaign.runs());
    if (disagreements.isEmpty()) {
      note("No answer certifies or claims a radius within which another one has a collision.");
    } else {
      html.element(
          "p",
          Numbers.of(disagreements.size(), "instance")
              + " with answers that exclude each other; the worst two of each:",
          "class",
          "verdict bad");
      tables.disagreements(disagreements);
    }
  }

  private void setting() {
    section("What was run");
    html.open("dl");
    fact("Date", header.date());
    fact("Profile", header.profile());
    fact("Time limit", Numbers.seconds(header.timeLimit()) + " for each run");
    fact("Processor", header.machine().cpu());
    fact("Cores", known(Numbers.whole(header.machine().cores())));
    OptionalLong memory = header.machine().memoryGiB();
    fact("Memory", memory.isEmpty() ? "" : Numbers.brief(memory.getAsLong()) + "\u00a0GiB");
    fact("System", header.machine().os());
    fact("Java", header.jvm());
    fact("Crease", header.crease());
    fact("Commit", header.commit());
    for (Map.Entry<String, String> backend : header.backends().entrySet()) {
      fact("Backend " + backend.getKey(), backend.getValue());
    }
    fact("Seed", known(Numbers.whole(header.seed())));
    long rounds = campaign.runs().stream().map(Run::round).distinct().count();
    fact("Rounds, by seed and repeat", Long.toString(Math.max(1, rounds)));
    html.closeLine();
    if (!header.jars().isEmpty()) {
      html.open("details")
          .element("summary", Numbers.of(header.jars().size(), "jar") + ", with SHA-256");
      html.open("dl");
      header.jars().forEach(this::fact);
      html.closeLine().closeLine();
    }
    html.closeLine();
  }

  private static String known(String text) {
    return text.equals(Numbers.NONE) ? "" : text;
  }

  private void fact(String name, String value) {
    html.open("div")
        .element("dt", name)
        .element("dd", value.isEmpty() ? "not recorded" : value)
        .closeLine();
  }

  private void results() {
    section("Results");
    note(
        "By proof: what is certified closes the bracket. By claim: a solver's word does, which nobody"
            + " has checked. Medians are over the runs that are solved either way. PAR-2 is the mean time where a run that is not solved, for"
            + " whatever reason, counts as twice the limit: "
            + Numbers.seconds(2 * header.timeLimit())
            + ". What a backend refuses counts in neither, nor does what was to be answered by a"
            + " solver and was decided without one: that is shown apart. A claim above the truth is"
            + " wrong, whatever its delta."
            + (campaign.hasRounds()
                ? " Brackets hold the least and the most of any round of seed and repeat; the"
                    + " number before them is the median of the rounds."
                : ""));
    tables.backends();
    if (campaign.byConfiguration().size() > campaign.byBackend().size()) {
      html.open("details").element("summary", "By configuration");
      tables.configurations();
      html.closeLine();
    }
    html.closeLine();
  }

  private void spikes() {
    if (campaign.byFamily().containsKey(Family.SPIKES.label())) {
      section("Steep networks");
      note(
          "Networks with narrow dips, which a solver's tolerances may hide, in every way to ask."
              + " Where a network is too steep for a backend, its word is not taken: the answer is"
              + " then refused or left open at a limit. The steepest that is believed is the largest"
              + " slope at which an answer rests on the solver's word and is not wrong.");
      tables.spikes();
      html.closeLine();
    }
  }

  private void jmh() {
    section("JMH");
    note(
        "Times of every iteration of every fork. Where answers are judged, the outcomes of all"
            + " iterations are counted, and a time that does not belong to a solved one says only"
            + " how long it took to end.");
    Tables.jmh(html, jmh);
    html.closeLine();
  }

  private void speed() {
    section("Against the strategy paper");
    if (!tables.speedups()) {
      note("No instance was run with the strategy paper and another one on the same backend.");
    } else {
      note(
          "The time of the strategy paper divided by that of the configuration, with the same"
              + " backend, threads and instance (and encoding and bounds, if paper has run with"
              + " them): geometric means, and the number of instances. Where one of the"
              + " two timed out, the limit stands for its time. \u2265 marks a lower bound (paper timed"
              + " out), \u2264 an upper bound (the configuration did), \u2248 a mean over both. Pairs"
              + " that both timed out, or of which one ended otherwise, cannot be compared.");
    }
    html.closeLine();
  }

  private void charts() {
    SortedMap<String, List<Run>> families = campaign.byFamily();
    section("Charts");
    html.open("ul", "class", "explains");
    item(
        "Performance profile",
        " (Dolan and Mor\u00e9, 2002): the share of the instances that a configuration solves within a"
            + " multiple of the fastest one's time. The left end tells how often it is the fastest, the"
            + " right end how much it solves. All are compared over the same instances, so one that was"
            + " refused or not run counts as not solved here.");
    item("Cactus plot", ": the time within which a configuration solves so many instances each.");
    item(
        "Time against size",
        ": one mark for each run, the backends side by side; hollow where it timed out. Slopes are"
            + " fitted by least squares to the logarithms of time and size over the solved runs of a"
            + " backend, with whatever settings; those that timed out are the hard ones, and a slope"
            + " without them tends to be too low.");
    item(
        "Charts compare whole answers",
        ": what was decided without the solver counts as solved in profiles, cactus plots and in the"
            + " comparison with paper, but not in slopes, which are of backends. Of several rounds"
            + " an instance counts with its median time, and as not solved if it was not in one.");
    item("Times", " below 1\u00a0ms count as 1\u00a0ms in all of them.");
    html.closeLine();
    int i = 0;
    if (families.size() > 1) {
      charts("All families", "all", campaign.runs(), false);
    }
    for (Map.Entry<String, List<Run>> family : families.entrySet()) {
      charts(family.getKey(), "f" + i++, family.getValue(), true);
    }
    html.closeLine();
  }

  private void charts(String name, String id, List<Run> runs, boolean grows) {
    FamilyCharts charts = new FamilyCharts(id, name, runs, header.timeLimit(), looks);
    html.element("h3", name);
    if (charts.isEmpty()) {
      note("Every run was refused.");
      return;
    }
    if (charts.left() > 0) {
      note(
          "Profile and cactus plot show "
              + FamilyCharts.MOST_LINES
              + " of the configurations, and leave out "
              + charts.left()
              + ": first come the best one of each backend, then those of paper, then the best by"
              + " instances solved and PAR-2.");
    }
    html.open("div", "class", "charts");
    charts.profile().write(html);
    charts.cactus().write(html);
    if (grows) {
      charts.growth().ifPresent(chart -> chart.write(html));
    }
    html.closeLine();
  }

  private void runs() {
    section("Runs");
    html.open("details").element("summary", "All " + Numbers.of(campaign.runs().size(), "line"));
    tables.runs();
    html.closeLine().closeLine();
  }

  private void section(String name) {
    html.open("section").element("h2", name);
  }

  private void note(String text) {
    html.element("p", text, "class", "explains");
  }

  private void item(String name, String text) {
    html.open("li").element("b", name).text(text).closeLine();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
