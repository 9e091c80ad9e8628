package dev.crease.plots.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void escapesWhatIsMarkup() {
    assertEquals("a &lt;b&gt; &amp; \"c\" 'd'", Markup.text("a <b> & \"c\" 'd'"));
    assertEquals("&lt;&gt;&amp;&quot;&#39;", Markup.attribute("<>&\"'"));
  }

  @Test
  void replacesWhatCannotBeWritten() {
    String replaced = "\ufffd".repeat(5);
    assertEquals(replaced, Markup.text("\u0007\u0085\ud800\uffff\ufdd0"));
    assertEquals("\t\n\ud83d\ude00", Markup.text("\t\n\ud83d\ude00"));
  }
}
