package io.patrolagent.embedded.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What is true of a demo fleet and what a good report about it should find: the planted incidents,
 * and the active clusters that have no health or no risk row at all. As JSON its fields are in
 * snake_case; the same options give the same file.
 */
public record GroundTruth(
    long seed,
    FleetProfile profile,
    Instant now,
    int clusters,
    List<String> unknownClusterIds,
    List<PlantedIncident> incidents) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public GroundTruth {
    unknownClusterIds = List.copyOf(unknownClusterIds);
    incidents = List.copyOf(incidents);
  }

  /** Those of one kind, in the order in which they were planted. */
  public List<PlantedIncident> incidents(IncidentKind kind) {
    return incidents.stream().filter(incident -> incident.kind() == kind).toList();
  }

  /** Writes JSON to the file, making its directory where it is missing. */
  public void writeTo(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    JSON.writeValue(file.toFile(), this);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static GroundTruth readFrom(Path file) throws IOException {
    return JSON.readValue(file.toFile(), GroundTruth.class);
  }
}
