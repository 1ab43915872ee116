# syntax=docker/dockerfile:1
# One image per service, chosen by --target: aggregator, agent-runner or report-sink.
#   docker build --target report-sink -t patrolagent/report-sink .
# No setting and no secret is built in: a container is configured by its environment alone.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
# Tests and gates are `mvn verify`'s; here only the jars are wanted.
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
      -pl aggregator,agent-runner,report-sink -am package

FROM eclipse-temurin:17-jre AS runtime
RUN groupadd --gid 10001 patrol \
 && useradd --uid 10001 --gid patrol --no-create-home --shell /usr/sbin/nologin patrol
WORKDIR /app
USER 10001:10001

FROM runtime AS aggregator
# The libraries first: they change less often than the service.
COPY --from=build /src/aggregator/target/lib/ lib/
COPY --from=build /src/aggregator/target/aggregator.jar ./
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "aggregator.jar"]

FROM runtime AS agent-runner
COPY --from=build /src/agent-runner/target/lib/ lib/
COPY --from=build /src/agent-runner/target/agent-runner.jar ./
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "agent-runner.jar"]

FROM runtime AS report-sink
COPY --from=build /src/report-sink/target/lib/ lib/
COPY --from=build /src/report-sink/target/report-sink.jar ./
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "report-sink.jar"]
