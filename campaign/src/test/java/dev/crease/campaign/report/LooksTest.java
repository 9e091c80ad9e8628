package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.crease.campaign.Configuration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LooksTest {

  @Test
  void namesWhatVaries() {
    Configuration direct = new Configuration("scip", "direct", "big-m", "lp", 1);
    Configuration paper = new Configuration("scip", "paper", "big-m", "lp", 2);
    Looks looks = looks(direct, paper);
    assertEquals("scip \u00b7 direct \u00b7 1 thread", looks.name(direct));
    assertEquals("scip \u00b7 paper \u00b7 2 threads", looks.name(paper));
    assertEquals("scip", looks(direct).name(direct));
  }

  @Test
  void givesBackendsColoursAndSettingsDashes() {
    Configuration direct = new Configuration("scip", "direct", "", "", 1);
    Configuration paper = new Configuration("scip", "paper", "", "", 1);
    Configuration other = new Configuration("highs", "paper", "", "", 1);
    Looks looks = looks(direct, paper, other);
    assertEquals(looks.look(direct).color(), looks.look(paper).color());
    assertNotEquals(looks.look(direct).dash(), looks.look(paper).dash());
    assertEquals(looks.look(other).dash(), looks.look(paper).dash());
    assertNotEquals(looks.look(other).color(), looks.look(paper).color());
    assertNotEquals(looks.look(other).marker(), looks.look(paper).marker());
  }

  @Test
  void keepsTwelveBackendsWithTwelveSettingsApart() {
    Set<Look> looks = new HashSet<>();
    for (int backend = 0; backend < 12; backend++) {
      for (int settings = 0; settings < 12; settings++) {
        looks.add(Look.of(backend, settings));
      }
    }
    assertEquals(144, looks.size());
  }

  private static Looks looks(Configuration... configurations) {
    return new Looks(new TreeSet<>(List.of(configurations)));
  }
}
