package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {

  private static final List<String> SMALL =
      List.of(
          Lines.HEADER,
          Lines.run("a/1", "scip", "direct", "SOLVED", 1, ",\"neurons\":10,\"truth\":2"),
          Lines.run("a/1", "scip", "paper", "SOLVED", 4, ",\"neurons\":10,\"truth\":2"),
          Lines.run("a/2", "scip", "direct", "SOLVED", 2, ",\"neurons\":20"),
          Lines.run("a/2", "scip", "paper", "TIMEOUT", 5, ",\"neurons\":20"),
          Lines.run("b/1", "highs", "direct", "REFUSED", 0));

  @Test
  void showsTheNumbers() {
    String page = page(SMALL);
    // scip over a: 1, 2 and 4 solved, and a time-out; PAR-2 is (1 + 2 + 4 + 10) / 4.
    assertContains(page, "<b>3/4</b> solved");
    assertContains(page, "median 2\u00a0s");
    assertContains(page, "PAR-2 4.25\u00a0s");
    assertContains(page, "1 refused");
    // Ratios 4 and at least 5 / 2: the root of 10.
    assertContains(page, "<b>\u2265\u00a03.16\u00a0\u00d7</b>");
    // Through (10, 2) and (20, 2) on average: 1 and 4 at 10 have the geometric mean 2.
    assertContains(page, "scip: slope 0 over 3 solved, 1 timed out");
    assertContains(page, "No wrong answers in 4 runs. The truth is known for 2 of them.");
    assertContains(page, "AMD EPYC 7B13");
    assertContains(page, "HiGHS 1.8.0");
  }

  @Test
  void showsWrongAnswers() {
    String page =
        page(
            List.of(
                Lines.HEADER,
                Lines.run(
                    "a/1",
                    "scip",
                    "direct",
                    "WRONG",
                    1,
                    ",\"certified\":1.7,\"truth\":1.6495,\"truthSource\":\"regions\"")));
    assertContains(page, "1 wrong answer in 1 run.");
    assertContains(page, "<td>1.6495</td>");
    assertContains(page, "<td>3.06\u00a0%</td>");
    assertFalse(page.contains("No wrong answers"));
  }

  @Test
  void showsAnswersThatExcludeEachOther() {
    String page = twoAnswers(1.7, 0);
    assertContains(page, "1 instance with answers that exclude each other");
    assertContains(page, "<td>1.7</td>");
    assertContains(page, "<td>1.6</td>");
  }

  @Test
  void letsAnswersDifferByTolerancesAndNotByDelta() {
    String agreed =
        "No answer certifies or claims a radius within which another one has a collision.";
    assertContains(twoAnswers(1.6000001, 0), agreed);
    assertFalse(twoAnswers(1.6001, 0).contains(agreed));
    assertFalse(twoAnswers(1.7, 0.03).contains(agreed));
    String claimed = twoAnswers(1.5, 0.03, ",\"claimed\":1.7");
    assertContains(claimed, "1 instance with answers that exclude each other");
    // Relative to the radius: the absolute difference is a millionth.
    String small =
        page(
            List.of(
                Lines.HEADER,
                Lines.run("a/1", "scip", "direct", "SOLVED", 1, ",\"certified\":0.001001"),
                Lines.run("a/1", "highs", "direct", "SOLVED", 1, ",\"refuted\":0.001")));
    assertContains(small, "1 instance with answers that exclude each other");
  }

  @Test
  void showsApartWhatIsProvedClaimedAndNotTheSolvers() {
    String page =
        page(
            List.of(
                Lines.HEADER,
                Lines.run("a/1", "scip", "direct", "SOLVED", 2),
                Lines.run("a/2", "scip", "direct", "WITHOUT_SOLVER", 0.5),
                Lines.run("a/3", "scip", "direct", "CLAIMED", 1, ",\"claimed\":0.01")));
    assertContains(page, "<b>2/2</b> solved");
    assertContains(page, "1 by proof, 1 by claim");
    assertContains(page, "1 solved without the solver, median 0.5\u00a0s");
    assertContains(page, "PAR-2 1.5\u00a0s");
  }

  @Test
  void showsHowMuchRoundsDiffer() {
    List<String> lines = new ArrayList<>(List.of(Lines.HEADER));
    for (int round = 1; round <= 3; round++) {
      String fields = ",\"seed\":" + round + ",\"repeat\":1";
      String run = Lines.run("a/1", "scip", "direct", "SOLVED", round, fields);
      lines.add(run.replace("\"cell\":\"", "\"cell\":\"" + round));
    }
    String page = page(lines);
    assertContains(page, "median 2\u00a0s [1, 3]");
    assertContains(page, "1 to 1 in each of 3 rounds");
    assertContains(page, "Seed</th>");
    // One instance, not three.
    assertContains(page, "<b>1</b><span>instances</span>");
    assertContains(page, "scip: 1</li>");
  }

  @Test
  void showsHowFarSolversCanBeBelieved() {
    String steep = ",\"encoding\":\"big-m\",\"slope\":";
    String page =
        page(
            List.of(
                Lines.HEADER,
                Lines.run("spikes/1", "scip", "direct", "SOLVED", 1, steep + 20),
                Lines.run("spikes/2", "scip", "direct", "CLAIMED", 1, steep + 30),
                Lines.run("spikes/3", "scip", "direct", "OPEN", 1, steep + 4000),
                Lines.run("spikes/4", "scip", "direct", "WRONG", 1, steep + 500)));
    assertContains(
        page,
        "<td class=\"word\">big-m</td><td>4</td><td class=\"wrong\">1</td><td>1</td><td>1</td>"
            + "<td>1</td><td>0</td><td>30</td><td>500</td>");
    assertFalse(page(SMALL).contains("Spikes by"));
  }

  @Test
  void showsWhatJmhMeasured() throws IOException {
    String jmh =
        "[{\"benchmark\":\"dev.crease.benchmarks.DynamicsBenchmark.radius\",\"params\":"
            + "{\"backend\":\"scip\"},\"primaryMetric\":{\"score\":2.5,\"scoreUnit\":\"ms/op\","
            + "\"rawData\":[[4,1],[2]]},\"secondaryMetrics\":{\"solved\":{\"score\":2.0},"
            + "\"timeout\":{\"score\":1.0},\"wrong\":{\"score\":0.0}}}]";
    StringWriter out = new StringWriter();
    ReportPage.write(Optional.empty(), List.of(jmh), out);
    assertContains(out.toString(), "DynamicsBenchmark.radius");
    assertContains(out.toString(), "<td>2</td><td>1</td><td>4</td>");
    assertContains(out.toString(), "2 solved by proof, 1 timed out");
    assertFalse(out.toString().contains("no runs yet"));
    StringWriter both = new StringWriter();
    ReportPage.write(Optional.of(SMALL), List.of(jmh), both);
    assertContains(both.toString(), "DynamicsBenchmark.radius");
    assertContains(both.toString(), "<b>3/4</b> solved");
    for (String bad : List.of("{}", "[3]", "[", "[{\"benchmark\":\"a.b\"}]")) {
      assertThrows(
          BadInput.class,
          () -> ReportPage.write(Optional.empty(), List.of(bad), new StringWriter()));
    }
  }

  @Test
  void comparesTransformationsWhateverTheirDelta() {
    assertContains(
        twoAnswers(1.7, 1e-5, ",\"problem\":\"transformation\""),
        "1 instance with answers that exclude each other");
  }

  private static String twoAnswers(double certified, double delta) {
    return twoAnswers(certified, delta, "");
  }

  /** Two inputs, one answer with a collision at 1.6. */
  private static String twoAnswers(double certified, double delta, String problem) {
    String claim = problem + ",\"inputs\":2,\"certified\":" + certified + ",\"delta\":" + delta;
    return page(
        List.of(
            Lines.HEADER,
            Lines.run("a/1", "scip", "direct", "SOLVED", 1, claim),
            Lines.run("a/1", "highs", "direct", "SOLVED", 1, ",\"inputs\":2,\"refuted\":1.6"),
            Lines.run("a/2", "highs", "direct", "SOLVED", 1, ",\"inputs\":2,\"refuted\":0.1")));
  }

  @Test
  void escapesEveryText() {
    String nasty = "<script>alert('x')</script>&\\\"\\u0000\\ud800</style></title>";
    String fields =
        ",\"encoding\":\""
            + nasty
            + "\",\"message\":\""
            + nasty
            + "\",\"truthSource\":\""
            + nasty
            + "\",\"neurons\":3";
    String header =
        Lines.HEADER.replaceAll(
            "quick|AMD EPYC 7B13|SCIP 10.0.0|OpenJDK 17.0.12|Debian GNU/Linux 12|0\\.1\\.0|highs",
            Matcher.quoteReplacement(nasty));
    String page =
        page(
            List.of(
                header.replaceFirst("2026[^\"]*", Matcher.quoteReplacement(nasty)),
                Lines.run(nasty + "/1", nasty, nasty, "WRONG", 1, fields),
                Lines.run(nasty + "/2", nasty, "direct", "SOLVED", 1, fields),
                Lines.run(nasty + "/2", nasty, "paper", "TIMEOUT", 1, fields)));
    assertFalse(page.contains("<script>alert"));
    assertFalse(page.contains("alert('x')"));
    assertEquals(1, Pattern.compile("</style>").matcher(page).results().count());
    assertEquals(1, Pattern.compile("<script>").matcher(page).results().count());
    assertFalse(page.codePoints().anyMatch(c -> c == 0 || (c >= 0xd800 && c < 0xe000)));
    assertContains(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\ufffd\ufffd");
  }

  @Test
  void saysThatACampaignIsEmpty() {
    String page = page(List.of(Lines.HEADER));
    assertContains(page, "This campaign has no runs yet.");
    assertContains(page, "SCIP 10.0.0");
    assertFalse(page.contains("<figure>"));
  }

  @Test
  void takesACampaignOfRefusalsOnly() {
    String page = page(List.of(Lines.HEADER, Lines.run("b/1", "highs", "direct", "REFUSED", 0)));
    assertContains(page, "Every run was refused.");
    assertContains(page, "No wrong answers in 0 runs.");
  }

  @Test
  void writesNothingWhereInputIsBad() {
    StringWriter out = new StringWriter();
    assertThrows(BadInput.class, () -> ReportPage.write(List.of(Lines.HEADER, "{"), out));
    assertEquals("", out.toString());
  }

  @Test
  void saysWhichConfigurationsHaveNoLine() {
    List<String> lines = new ArrayList<>(List.of(Lines.HEADER));
    for (int i = 0; i < 13; i++) {
      lines.add(Lines.run("a/1", "scip", "s" + i, i == 12 ? "TIMEOUT" : "SOLVED", 1 + i / 4.0));
    }
    lines.add(Lines.run("a/1", "scip", "paper", "TIMEOUT", 5));
    String page = page(lines);
    assertContains(page, "show 10 of the configurations, and leave out 4");
    String legend = page.substring(page.indexOf("<figure>"), page.indexOf("</figure>"));
    assertContains(legend, "scip \u00b7 paper</li>");
    assertContains(legend, "scip \u00b7 s8</li>");
    assertFalse(legend.contains("scip \u00b7 s9</li>"));
  }

  @Test
  void fetchesNothing() {
    String page = page(Lines.large());
    assertFalse(Pattern.compile("(src|href)=\"(?!data:,\")|url\\(|@import").matcher(page).find());
  }

  @Test
  void isTheSameEachTime() {
    assertEquals(page(Lines.large()), page(Lines.large()));
  }

  @Test
  void drawsDescribedPictures() throws Exception {
    String page = page(Lines.large());
    Set<String> ids = new HashSet<>();
    Matcher pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
    int described = 0;
    while (pictures.find()) {
      Document picture =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(pictures.group())));
      if (!picture.getDocumentElement().hasAttribute("aria-hidden")) {
        String[] names = picture.getDocumentElement().getAttribute("aria-labelledby").split(" ");
        assertTrue(ids.addAll(List.of(names)), "not unique: " + names[0]);
        assertContains(pictures.group(), "<title id=\"" + names[0] + "\">");
        assertContains(pictures.group(), "<desc id=\"" + names[1] + "\">");
        described++;
      }
    }
    // Three in each of three families, and two over all.
    assertEquals(11, described);
  }

  static String page(List<String> lines) {
    StringWriter out = new StringWriter();
    try {
      ReportPage.write(lines, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void assertContains(String page, String part) {
    assertTrue(page.contains(part), () -> "no " + part + " in " + page);
  }
}
