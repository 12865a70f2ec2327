// The methods of the Web API that are called, with what Slack's own types say they answer.
import type {
  AppsConnectionsOpenResponse,
  AuthTestResponse,
  ChatPostMessageResponse,
  ChatUpdateResponse,
  ConversationsHistoryResponse,
  ConversationsInfoResponse,
  ConversationsOpenResponse,
  ConversationsRepliesResponse,
  FilesGetUploadURLExternalResponse,
  OauthV2AccessResponse,
  UsersInfoResponse,
  WebAPICallResult,
} from "@slack/web-api";

interface Results {
  "apps.connections.open": AppsConnectionsOpenResponse;
  "auth.test": AuthTestResponse;
  "chat.postMessage": ChatPostMessageResponse;
  "chat.postEphemeral": WebAPICallResult;
  "chat.update": ChatUpdateResponse;
  "chat.delete": WebAPICallResult;
  "conversations.history": ConversationsHistoryResponse;
  "conversations.info": ConversationsInfoResponse;
  "conversations.open": ConversationsOpenResponse;
  "conversations.replies": ConversationsRepliesResponse;
  "files.getUploadURLExternal": FilesGetUploadURLExternalResponse;
  "files.completeUploadExternal": WebAPICallResult;
  "oauth.v2.access": OauthV2AccessResponse;
  "reactions.add": WebAPICallResult;
  "reactions.remove": WebAPICallResult;
  "users.info": UsersInfoResponse;
  "views.open": WebAPICallResult;
  "views.publish": WebAPICallResult;
}
export type Method = keyof Results;
export type ResultOf<M extends Method> = Results[M];
