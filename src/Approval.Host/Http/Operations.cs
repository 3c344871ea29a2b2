using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Approval.Http;

/// <summary>What an operation does and for which reasons it refuses.</summary>
/// <param name="Chinese">One sentence in Chinese.</param>
/// <param name="English">One sentence in English.</param>
/// <param name="Refusals">The stage's reasons; those of <see cref="Faults"/> are understood.</param>
public sealed record Does(string Chinese, string English, IReadOnlyList<RefusalKind> Refusals);

/// <summary>The rows of the permission table that a route stands on: whoever may do any of them comes in, nobody else.</summary>
/// <param name="Names">The deeds.</param>
public sealed record Deeds(IReadOnlyList<string> Names);

/// <summary>How routes say what they do; the OpenAPI document is made of it.</summary>
public static class Operations
{
    /// <summary>Says what the operation does.</summary>
    /// <param name="route">The route.</param>
    /// <param name="chinese">One sentence in Chinese.</param>
    /// <param name="english">One sentence in English.</param>
    /// <param name="refusals">The stage's reasons for refusing it.</param>
    public static RouteHandlerBuilder Does(this RouteHandlerBuilder route, string chinese, string english, params IEnumerable<RefusalKind> refusals)
    {
        RefusalKind[] kinds = [.. refusals];
        route.WithMetadata(new Does(chinese, english, kinds));
        foreach (var status in kinds.Select(Faults.StatusOf).Append(StatusCodes.Status401Unauthorized).Append(StatusCodes.Status403Forbidden).Distinct())
            route.Produces<Problem>(status, "application/problem+json");
        return route;
    }

    /// <summary>Ties the operation to the permission table: it is reached only in a role that one of the deeds names. What more the deed asks, such as the own unit, is checked where it is decided.</summary>
    /// <exception cref="KeyNotFoundException">A deed is not in the table.</exception>
    public static RouteHandlerBuilder As(this RouteHandlerBuilder route, params string[] deeds)
    {
        foreach (var deed in deeds) _ = Permissions.Of(deed);
        return route.WithMetadata(new Deeds(deeds));
    }

    /// <summary>The operation is a command: it answers <see cref="Changed"/> unless another type is given, and takes <c>If-Match</c> and <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder IsCommand(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) => route.IsCommand<Changed>(status);

    /// <summary>The operation is a command that answers <typeparamref name="T"/>.</summary>
    public static RouteHandlerBuilder IsCommand<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK)
    {
        route.WithMetadata(new TakesKey()).Produces<T>(status);
        foreach (var problem in new[] { StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed })
            route.Produces<Problem>(problem, "application/problem+json");
        return route;
    }

    /// <summary>The decision rests on the version that the caller saw: without <c>If-Match</c> it is refused with 428.</summary>
    public static RouteHandlerBuilder RequiresIfMatch(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IfMatchRequired()).Produces<Problem>(StatusCodes.Status428PreconditionRequired, "application/problem+json");

    /// <summary>Makes the OpenAPI document say it.</summary>
    internal static void AddDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Approval", Version = "1", Description = "政府信息化项目审批 · approval of government IT projects" };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Schemas.Shape(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
    });

    static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        if (metadata.OfType<TakesKey>().Any())
        {
            Header("If-Match", metadata.OfType<IfMatchRequired>().Any(), "\"<version>\": 所依据的版本 / the version that the decision rests on");
            Header("Idempotency-Key", required: false, "同一操作的名称,重复发送只执行一次 / names the act, so that sending it again changes nothing (at most 200 characters)");
        }

        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        if (metadata.OfType<Deeds>().LastOrDefault() is { } deeds) operation.Extensions["x-deeds"] = Names(deeds.Names);
        if (metadata.OfType<Does>().LastOrDefault() is not { } does) return;
        operation.Summary = $"{does.Chinese} / {does.English}";
        if (does.Refusals.Count == 0) return;
        operation.Description = string.Join('\n', does.Refusals.Select(r => $"- `{r.Code}` ({Faults.StatusOf(r)}): {r.Chinese} / {r.English}"));
        operation.Extensions["x-refusals"] = Names(does.Refusals.Select(r => r.Code));

        static JsonNodeExtension Names(IEnumerable<string> names) => new(new JsonArray([.. names.Select(n => (JsonNode)n)]));

        void Header(string name, bool required, string description) => operation.Parameters.Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Required = required, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    sealed class TakesKey;
}

/// <summary>How the product's own types stand in the OpenAPI document.</summary>
static class Schemas
{
    public static void Shape(OpenApiSchema schema, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Description = "元 / yuan, at most two digits after the point";
        }
        else if (type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)))
        {
            schema.Type = JsonSchemaType.String;
        }
    }
}
