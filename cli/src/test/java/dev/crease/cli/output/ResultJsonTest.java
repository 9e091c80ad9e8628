package dev.crease.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

  private static RadiusResult answer(double radius) {
    Query query = Query.local(Networks.absolute(1, 0), Norm.LINF, 1).upTo(radius);
    return new SplittingCertifier()
        .radius(query, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static JsonNode json(RadiusResult result) throws JsonProcessingException {
    return new ObjectMapper().readTree(ResultJson.write(result));
  }

  @Test
  void hasTheNamesThatReadersRelyOn() throws JsonProcessingException {
    RadiusResult result = answer(2);
    JsonNode json = json(result);
    for (String name :
        List.of(
            "schema",
            "problem",
            "norm",
            "center",
            "certified",
            "refuted",
            "witness",
            "assurance",
            "engine",
            "strategy",
            "delta",
            "tolerances",
            "seconds")) {
      assertTrue(json.has(name), () -> "no " + name + " in " + json);
    }
    assertEquals("crease-result/2", json.get("schema").asText());
    assertEquals("local", json.get("problem").asText());
    assertEquals("inf", json.get("norm").asText());
    assertEquals(1, json.get("center").get(0).asDouble());
    assertEquals(result.certified(), json.get("certified").asDouble());
    assertEquals(result.refuted().getAsDouble(), json.get("refuted").asDouble());
    JsonNode witness = json.get("witness");
    assertEquals(1, witness.get("x").size());
    assertEquals(1, witness.get("xPrime").size());
    assertTrue(witness.get("separation").asDouble() > 0);
    assertTrue(witness.get("residual").asDouble() >= 0);
    assertEquals("splitting", json.get("engine").asText());
    assertEquals(result.assurance().name(), json.get("assurance").asText());
    assertTrue(json.get("seconds").asDouble() >= 0);
  }

  @Test
  void saysNullWhereNothingIsRefuted() throws JsonProcessingException {
    JsonNode json = json(answer(0.5));
    assertTrue(json.get("refuted").isNull(), json::toString);
    assertTrue(json.get("witness").isNull(), json::toString);
  }
}
